import type { Publication } from '../../dialects/dialect.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { WaitOptions } from '../delivery.js';

/** A message of `publish()`, as the outbox knows it. */
export interface OutboxMessage extends Publication {
  /** Grows in the order of `publish()`; in a durable outbox across restarts too. */
  readonly id: number;
  /** ms since 1970. */
  readonly acceptedAt: number;
  /** ms since 1970; undefined: never. */
  readonly expiresAt: number | undefined;
}

/** What became of the attempts to send a message. */
export interface Trials {
  /** Failures in a live session; a lost session is none. */
  readonly attempts: number;
  /** Why it was set aside; undefined while it is to be sent. */
  readonly failure: string | undefined;
}

/** A message as a file keeps it. */
export interface KeptMessage extends Trials {
  readonly message: OutboxMessage;
}

/** What a file keeps. */
export interface KeptMessages {
  /** In the order of `publish()`. */
  readonly messages: readonly KeptMessage[];
  /** The highest id there ever was. */
  readonly lastId: number;
}

/** A message on its way: it stays in the outbox until it is delivered, given up or refused. */
export interface OutboxEntry {
  readonly message: OutboxMessage;
  /** Whether the file keeps it. */
  readonly kept: boolean;
  attempts: number;
  /** Fires when the caller gives the message up; undefined if that cannot be. */
  readonly signal: AbortSignal | undefined;
  readonly accept: () => void;
  readonly resolve: () => void;
  readonly reject: (error: ModemError) => void;
}

/** Whether it may reach the broker twice: with QoS 0 only a message that the file keeps. */
export function mayRepeat({ kept, message }: OutboxEntry): boolean {
  return kept || message.qos > 0;
}

/** An entry for a message of an earlier run: nobody waits for it. */
export function restoredEntry({ message, attempts }: KeptMessage): OutboxEntry {
  const nobody = () => {};
  return {
    message,
    kept: true,
    attempts,
    signal: undefined,
    accept: nobody,
    resolve: nobody,
    reject: nobody,
  };
}

export interface OutboxHandlers {
  /** There is something to be sent, or one message less. */
  changed(): void;
  delivered(message: OutboxMessage): void;
  /** The outbox gave a message up; `EXPIRED`, `QUEUE_FULL`, or why it cannot be sent. */
  undelivered(message: OutboxMessage, error: ModemError): void;
  /** The file cannot be written, and no message is told of it. */
  trouble(error: ModemError): void;
}

export interface EntryOptions extends WaitOptions {
  /** ms; overrides the one of the outbox. */
  readonly timeToLive?: number | undefined;
  /** Whether there is no session now. */
  readonly offline?: boolean;
}

export interface OutboxStats {
  /** Messages accepted by `publish()`. */
  published: number;
  /** Messages that an earlier run had left in the file. */
  restored: number;
  /** Messages whose time to live was over. */
  expired: number;
  /** Messages that gave way to later ones. */
  discarded: number;
  /** Messages that failed for good; with a file they are set aside there. */
  failed: number;
}

/** What a file holds that nobody has written to. */
export const NOTHING: KeptMessages = { messages: [], lastId: 0 };

export const DEAF: OutboxHandlers = {
  changed: () => {},
  delivered: () => {},
  undelivered: () => {},
  trouble: () => {},
};
