import type { CommandPort } from '../../at/command-port.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { ModemError } from '../../errors/modem-error.js';
import { untilAborted } from '../../modem/until-aborted.js';
import { READ } from './commands/read.js';
import { CONNECTION_ID as id, MAX_MESSAGE_ID } from './limits.js';
import type { Message } from './urcs/message.js';

export interface FetcherHandlers {
  message(message: Message): void;
  /** An announced message could not be fetched. */
  unread(reason: ModemError): void;
}

/** The module cannot be asked now, and keeps what it has announced. */
const LATER: ReadonlySet<ErrorCode> = new Set(['PORT_CLOSED', 'PORT_FAILED', 'NOT_RESPONDING']);

/** A module keeps fewer [A]. */
const MOST_MISSED = 256;

/**
 * Fetches announced messages, one after the other: announcements come faster than answers, and must not pile up as
 * commands. A message that cannot be fetched is lost for us: the module keeps no way to ask which ones wait.
 */
export class Fetcher {
  readonly #port: CommandPort;
  readonly #handlers: FetcherHandlers;
  readonly #stopped = new AbortController();
  /** Ids of announced messages, oldest first; at most as many as there are ids, however many are announced. */
  readonly #announced = new Set<number>();
  /** The last one that was announced. */
  #last = 0;
  #held = false;
  /** Announcements may have been missed. */
  #missed = false;
  /** Ids in `#announced` that may have been announced when nobody heard. */
  readonly #guessed = new Set<number>();
  #drains = 0;
  #fetching = false;
  #working: Promise<void> | undefined;

  constructor(port: CommandPort, handlers: FetcherHandlers) {
    this.#port = port;
    this.#handlers = handlers;
  }

  /** Messages that are announced and not fetched. */
  get waiting(): number {
    return this.#announced.size + (this.#fetching ? 1 : 0);
  }

  /** Goes on where another one ends: ids outlive sessions [A]. */
  follow(other: Fetcher): void {
    this.#last = other.#last;
  }

  announced(messageId: number): void {
    if (this.#missed) this.#guessUpTo(messageId);
    this.#announced.add(messageId);
    this.#last = messageId;
    void this.#work();
  }

  /** Fetches nothing by itself any more; what is under way goes on. `missed`: announcements may be lost from now on. */
  hold(missed: boolean): void {
    this.#held = true;
    this.#missed ||= missed;
  }

  /** The module has restarted: nothing waits there. */
  forget(): void {
    this.#announced.clear();
    this.#guessed.clear();
    this.#last = 0;
    this.#missed = false;
  }

  /** For good; an answer that is under way is not handed over. */
  stop(): void {
    this.#announced.clear();
    this.#missed = false;
    this.#stopped.abort();
  }

  /**
   * Resolves when nothing waits to be fetched, or cannot be fetched now, or when the signal fires. Ids go up by one
   * [A]: where announcements may have been missed, the ids behind the last one are tried until the module refuses one.
   */
  async drain(signal: AbortSignal): Promise<void> {
    this.#drains += 1;
    try {
      await untilAborted(this.#drained(signal), signal).catch(() => {});
    } finally {
      this.#drains -= 1;
    }
  }

  async #drained(signal: AbortSignal): Promise<void> {
    await this.#work();
    while (this.#missed && this.#announced.size === 0 && !signal.aborted && !this.#stopped.signal.aborted) {
      this.announced(after(this.#last));
      this.#guessed.add(this.#last);
      await this.#work();
    }
  }

  /** The ids between the last one and this one, unless they are too many to be true. */
  #guessUpTo(messageId: number): void {
    const gap = (messageId - this.#last - 1 + MAX_MESSAGE_ID) % MAX_MESSAGE_ID;
    if (gap > MOST_MISSED) return;
    for (let id = after(this.#last); id !== messageId; id = after(id)) {
      this.#announced.add(id);
      this.#guessed.add(id);
    }
  }

  #work(): Promise<void> {
    this.#working ??= this.#fetchAll().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #fetchAll(): Promise<void> {
    for (const messageId of this.#announced) {
      if (this.#stopped.signal.aborted || (this.#held && this.#drains === 0)) return;
      if (!(await this.#fetch(messageId))) return;
    }
  }

  /** False if the module cannot be asked now. */
  async #fetch(messageId: number): Promise<boolean> {
    const { signal } = this.#stopped;
    // The id may be announced again meanwhile, for another message.
    this.#announced.delete(messageId);
    this.#fetching = true;
    try {
      const message = await this.#port.execute(READ, { id, messageId }, { signal });
      this.#guessed.delete(messageId);
      if (!signal.aborted) this.#handlers.message(message);
    } catch (error) {
      if (LATER.has((error as ModemError).code)) {
        this.#putBack(messageId);
        return false;
      }
      if (this.#guessed.delete(messageId)) this.#missed = false;
      else if (!signal.aborted) this.#handlers.unread(error as ModemError);
    } finally {
      this.#fetching = false;
    }
    return true;
  }

  #putBack(messageId: number): void {
    const rest = [...this.#announced];
    this.#announced.clear();
    for (const each of [messageId, ...rest]) this.#announced.add(each);
  }
}

function after(messageId: number): number {
  return (messageId % MAX_MESSAGE_ID) + 1;
}
