import type { CommandPort } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { InboundMessage } from '../dialect.js';
import { Fetcher } from './fetcher.js';
import { keepFraming } from './framing.js';
import { CONNECTION_ID } from './limits.js';
import { ANNOUNCED_MESSAGE } from './urcs/announcement.js';
import type { Message } from './urcs/message.js';
import { SESSION_STATUS, type SessionStatus } from './urcs/status.js';

export interface ReceiverHandlers {
  message(message: InboundMessage): void;
  status(status: SessionStatus): void;
  /** An announced message could not be fetched. */
  unread(reason: ModemError): void;
}

/** The one that started last on each module. */
const LAST = new WeakMap<CommandPort, Receiver>();

/** Losses after which the module may have announced what nobody heard. */
const DEAF: ReadonlySet<ErrorCode> = new Set(['PORT_CLOSED', 'PORT_FAILED', 'NOT_RESPONDING']);

/** The receiver of the last session of a module, which may have been told of messages that are not fetched yet. */
export function lastReceiver(port: CommandPort): Receiver | undefined {
  return LAST.get(port);
}

/** Listens to what the module reports of a session: downlinks in the granted form, announcements, its status. */
export class Receiver {
  readonly #port: CommandPort;
  readonly #handlers: ReceiverHandlers;
  readonly #fetcher: Fetcher;
  /** Whether messages are announced only. */
  readonly #buffered: boolean;
  #forget: (() => void)[] = [];

  constructor(port: CommandPort, buffered: boolean, handlers: ReceiverHandlers) {
    this.#port = port;
    this.#buffered = buffered;
    this.#handlers = handlers;
    this.#fetcher = new Fetcher(port, {
      message: (message) => this.#deliver(message),
      unread: (reason) => handlers.unread(reason),
    });
  }

  /** Messages that are announced and not fetched. */
  get waiting(): number {
    return this.#fetcher.waiting;
  }

  /** Not to be called after `stop`. */
  start(urc: Urc<Message>): void {
    for (const forget of this.#forget) forget();
    const before = LAST.get(this.#port);
    if (before !== undefined && before !== this) {
      this.#fetcher.follow(before.#fetcher);
      before.stop();
    }
    LAST.set(this.#port, this);
    keepFraming(this.#port, urc);
    this.#forget = [
      this.#listen(SESSION_STATUS, (status) => this.#handlers.status(status)),
      this.#listen(urc, (message) => this.#deliver(message)),
      this.#listen(ANNOUNCED_MESSAGE, ({ messageId }) => this.#fetcher.announced(messageId)),
    ];
  }

  /**
   * The session is over for us, but the module may have it still, and has acknowledged to the broker what it reports:
   * messages are handed over, and announcements kept for `drain`, until the next receiver of the module starts, or
   * `stop`.
   */
  leave({ code }: ModemError): void {
    for (const forget of this.#forget.splice(0, 1)) forget();
    if (code === 'REBOOTED') this.#fetcher.forget();
    this.#fetcher.hold(this.#buffered && DEAF.has(code));
  }

  /** Fetches what is announced, before it is cleared away. Resolves when that is done, or the signal fires. */
  drain(signal: AbortSignal): Promise<void> {
    return this.#fetcher.drain(signal);
  }

  /** Nothing is handed over any more, nor fetched. */
  stop(): void {
    this.#fetcher.stop();
    for (const forget of this.#forget) forget();
    this.#forget = [];
  }

  #listen<T extends { readonly id: number }>(urc: Urc<T>, listener: (value: T) => void): () => void {
    return this.#port.onUrc(urc, (value) => {
      if (value.id === CONNECTION_ID) listener(value);
    });
  }

  #deliver({ topic, payload, messageId }: Message): void {
    this.#handlers.message({ topic, payload, messageId });
  }
}
