import type { CommandPort } from '../../at/command.js';
import type { Urc } from '../../at/urc.js';
import type { ErrorCode } from '../../errors/codes.js';
import type { ModemError } from '../../errors/modem-error.js';
import { untilAborted } from '../../modem/until-aborted.js';
import type { InboundMessage } from '../dialect.js';
import { CONNECTION_ID, MAX_MESSAGE_ID } from './limits.js';
import { READ } from './message-commands.js';
import { ANNOUNCED_MESSAGE, type Message, SESSION_STATUS, type SessionStatus } from './messages.js';

interface ReceiverHandlers {
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
  /**
   * Keeps the form of downlinks known on the port until another one is granted: the module may go on delivering after a
   * session was given up, and what is in a payload must not be taken for its lines then.
   */
  #forgetFraming = (): void => {};

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
      before.#forgetFraming();
    }
    LAST.set(this.#port, this);
    this.#forgetFraming();
    this.#forgetFraming = this.#port.onUrc(urc, () => {});
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

interface FetcherHandlers {
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
class Fetcher {
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
      const message = await this.#port.execute(READ, { id: CONNECTION_ID, messageId }, { signal });
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
