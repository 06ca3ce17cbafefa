import type { CommandPort } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { InboundMessage } from '../dialect.js';
import { READ } from './commands/read.js';
import { statusFailure } from './failures.js';
import { ANNOUNCED_MESSAGE, type Announcement } from './urcs/announcement.js';
import type { Message } from './urcs/message.js';
import { SESSION_STATUS } from './urcs/status.js';

export interface ReceiverHandlers {
  message(message: InboundMessage): void;
  lost(reason: ModemError): void;
  /** An announced message could not be fetched. */
  unread(reason: ModemError): void;
}

/** Listens to what the module reports of a session: downlinks in the granted form, announcements, the end. */
export class Receiver {
  readonly #port: CommandPort;
  readonly #handlers: ReceiverHandlers;
  #forget: (() => void)[] = [];

  constructor(port: CommandPort, handlers: ReceiverHandlers) {
    this.#port = port;
    this.#handlers = handlers;
  }

  start(urc: Urc<Message>): void {
    this.#forget = [
      this.#port.onUrc(urc, (message) => this.#handlers.message(message)),
      this.#port.onUrc(ANNOUNCED_MESSAGE, (announcement) => void this.#fetch(announcement)),
      this.#port.onUrc(SESSION_STATUS, (status) => {
        const failure = statusFailure(status);
        if (failure !== undefined) this.#handlers.lost(failure);
      }),
    ];
  }

  stop(): void {
    for (const forget of this.#forget) forget();
    this.#forget = [];
  }

  /** A message that cannot be fetched is lost for us: the module keeps no way to ask which ones wait. */
  async #fetch(announcement: Announcement): Promise<void> {
    try {
      this.#handlers.message(await this.#port.execute(READ, announcement));
    } catch (error) {
      this.#handlers.unread(error as ModemError);
    }
  }
}
