import type { CommandPort } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { InboundMessage } from '../dialect.js';
import { READ } from './commands/read.js';
import { keepFraming } from './framing.js';
import { CONNECTION_ID } from './limits.js';
import { ANNOUNCED_MESSAGE, type Announcement } from './urcs/announcement.js';
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

/** Listens to what the module reports of a session: downlinks in the granted form, announcements, its status. */
export class Receiver {
  readonly #port: CommandPort;
  readonly #handlers: ReceiverHandlers;
  readonly #stopped = new AbortController();
  #forget: (() => void)[] = [];
  /** Ids of announced messages, oldest first; at most as many as there are ids, however many are announced. */
  readonly #announced = new Map<number, Announcement>();
  #fetching = false;

  constructor(port: CommandPort, handlers: ReceiverHandlers) {
    this.#port = port;
    this.#handlers = handlers;
  }

  /** Not to be called after `stop`. */
  start(urc: Urc<Message>): void {
    for (const forget of this.#forget) forget();
    if (LAST.get(this.#port) !== this) LAST.get(this.#port)?.stop();
    LAST.set(this.#port, this);
    keepFraming(this.#port, urc);
    this.#forget = [
      this.#listen(urc, (message) => this.#deliver(message)),
      this.#listen(ANNOUNCED_MESSAGE, (announcement) => this.#onAnnounced(announcement)),
      this.#listen(SESSION_STATUS, (status) => this.#handlers.status(status)),
    ];
  }

  /**
   * The session is over for us, but the module may have it still, and has acknowledged to the broker what it reports:
   * messages are handed over until the next receiver of the module starts, or `stop`.
   */
  leave(): void {
    this.#stopped.abort();
    for (const forget of this.#forget.splice(1)) forget();
  }

  /** Nothing is handed over any more, nor fetched. */
  stop(): void {
    this.#stopped.abort();
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

  /** One is fetched after the other: announcements come faster than answers, and must not pile up as commands. */
  #onAnnounced(announcement: Announcement): void {
    this.#announced.set(announcement.messageId, announcement);
    if (!this.#fetching) void this.#fetchAll();
  }

  async #fetchAll(): Promise<void> {
    this.#fetching = true;
    for (const [messageId, announcement] of this.#announced) {
      if (this.#stopped.signal.aborted) break;
      this.#announced.delete(messageId);
      await this.#fetch(announcement);
    }
    this.#fetching = false;
  }

  /** A message that cannot be fetched is lost for us: the module keeps no way to ask which ones wait. */
  async #fetch(announcement: Announcement): Promise<void> {
    const { signal } = this.#stopped;
    let message: Message;
    try {
      message = await this.#port.execute(READ, announcement, { signal });
    } catch (error) {
      if (!signal.aborted) this.#handlers.unread(error as ModemError);
      return;
    }
    if (!signal.aborted) this.#deliver(message);
  }
}
