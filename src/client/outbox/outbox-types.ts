import type { ModemError } from '../../errors/modem-error.js';
import type { WaitOptions } from '../delivery.js';
import type { KeptMessages, OutboxMessage } from './entry.js';

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
