import type { DialectSession, Publication } from '../../dialects/dialect.js';
import type { ErrorCode } from '../../errors/codes.js';
import { CommandError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { Histogram } from '../../util/histogram.js';
import { type Clue, lossKind } from '../recovery/loss.js';
import { mayRepeat, type OutboxEntry, type OutboxMessage } from './entry.js';
import type { Outbox } from './outbox.js';
import { CLOSINGS, refusedByClosing, Suspicion } from './suspicion.js';
import { WindowSize } from './window-size.js';

/** Failures that a live session can have as well: whether the message goes out again depends on the session. */
const DOUBTFUL: ReadonlySet<ErrorCode> = new Set([
  'COMMAND_FAILED',
  'TIMEOUT',
  'PUBLISH_FAILED',
  'BAD_RESPONSE',
]);

/** Failures that end the session. */
const LOSSES: ReadonlySet<ErrorCode> = new Set([
  'SESSION_LOST',
  'REBOOTED',
  'NOT_RESPONDING',
  'PORT_CLOSED',
  'PORT_FAILED',
  'CLOSED',
]);

/** Failures that another attempt would not change. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['INVALID_ARGUMENT', 'UNSUPPORTED']);

/** ms of silence before a message that failed in a live session is tried again; later ones wait behind it. */
const RETRY_DELAY = 1000;

export interface WindowStats {
  /** Messages whose result was good. */
  delivered: number;
  /** Messages that were handed to the module again. */
  retried: number;
}

/**
 * Hands messages from the outbox to the session: one waits for the module's `OK`, up to `size` wait for their
 * results. As the next one is only handed out at that `OK`, a message that the module refuses is tried again before
 * any later one, and the order within a topic is kept.
 *
 * When sessions are closed from outside while the same message is under way, messages go out one at a time until it is
 * known whether the broker closes the connection because of one of them (see `Suspicion`).
 */
export class PublishWindow {
  /** From the hand-over to the module to a good result. */
  readonly roundTrip = new Histogram();
  readonly stats: WindowStats = { delivered: 0, retried: 0 };
  readonly #outbox: Outbox;
  readonly #size: WindowSize;
  #session: DialectSession | undefined;
  #inFlight = new Set<OutboxEntry>();
  /** The one that waits for the module's `OK`. */
  #accepting: OutboxEntry | undefined;
  #pause: NodeJS.Timeout | undefined;
  readonly #suspicion = new Suspicion<OutboxEntry>();
  #control: NodeJS.Timeout | undefined;
  /** The failure for which this side gave the last session up, if it did. */
  #lossCause: unknown;
  readonly #retryDelay: number;
  #onIdle: (() => void)[] = [];

  constructor(outbox: Outbox, maximum: number, retryDelay = RETRY_DELAY) {
    this.#outbox = outbox;
    this.#size = new WindowSize(maximum);
    this.#retryDelay = retryDelay;
  }

  /** How many messages may wait for their results now. */
  get size(): number {
    return this.#size.current;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Starts handing out to this session. */
  attach(session: DialectSession): void {
    this.#session = session;
    this.#accepting = undefined;
    this.#lossCause = undefined;
    this.#suspicion.opened(performance.now());
    this.pump();
  }

  /** Stops handing out; what is in flight ends with the session. */
  detach(): void {
    this.#session = undefined;
    this.#resume();
    clearTimeout(this.#control);
    this.#control = undefined;
  }

  /** The same for a session that was lost. Tells what is known of the reason. */
  lost(reason: ModemError): Clue | undefined {
    this.detach();
    this.#lossCause = reason.cause;
    const wasCareful = this.#suspicion.careful;
    const { accused, cleared } = this.#suspicion.ended(lossKind(reason) === 'closed', performance.now());
    for (const [entry, times] of cleared) this.#outbox.takeBack(entry, times);
    if (accused !== undefined) return this.#onAccused(accused.one, accused.times, reason);
    if (wasCareful || !this.#suspicion.careful) return undefined;
    const suspicion =
      'The same messages were under way as at the loss before: perhaps the broker closes the connection because of one of them, so they go out one at a time now';
    return { suspicion, explained: false };
  }

  #onAccused(entry: OutboxEntry, times: number, reason: ModemError): Clue {
    const { topic } = entry.message;
    if (!mayRepeat(entry)) this.#suspicion.forget(entry);
    else if (times < CLOSINGS) this.#outbox.tried(entry);
    else this.#outbox.failed(entry, refusedByClosing(entry.message, times, reason), false);
    const inRow = times === 1 ? 'once' : `${times} times in a row`;
    const suspicion = `Only the message to "${topic}" was under way: perhaps the broker closes the connection because of it (${inRow})`;
    return { suspicion, explained: true };
  }

  /** Runs a request that goes past the outbox: the broker may close the connection because of that too. */
  async beside<T>(request: () => Promise<T>): Promise<T> {
    const answered = this.#suspicion.other(performance.now());
    try {
      return await request();
    } finally {
      answered(performance.now());
    }
  }

  /** Resolves when the outbox is empty, or nothing is handed out any more. */
  idle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** To be called when a message was added or given up. */
  pump(): void {
    if (this.#suspicion.careful) this.#suspicion.retain((entry) => this.#outbox.has(entry));
    while (this.#mayTake()) {
      const entry = this.#outbox.take();
      if (entry === undefined) break;
      void this.#send(entry, this.#session as DialectSession);
    }
    if (this.#isIdle()) for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #mayTake(): boolean {
    const free = this.#accepting === undefined && this.#pause === undefined && this.inFlight < this.size;
    if (!free || this.#session === undefined) return false;
    if (this.#suspicion.clear) return true;
    if (this.inFlight === 0 && this.#outbox.waiting > 0) this.#startControl(this.#session);
    return false;
  }

  #startControl(session: DialectSession): void {
    const wait = this.#suspicion.wait(performance.now());
    this.#control ??= setTimeout(() => void this.#endControl(session), Math.ceil(wait));
  }

  /** The module is asked: a session can end without its telling. */
  async #endControl(session: DialectSession): Promise<void> {
    const due = this.#suspicion.wait(performance.now()) === 0;
    const lives = due && (await session.verify());
    if (this.#session !== session) return;
    this.#control = undefined;
    if (lives) this.#suspicion.survived();
    else if (due) this.detach();
    this.pump();
  }

  #isIdle(): boolean {
    return this.inFlight === 0 && (this.#session === undefined || this.#outbox.waiting === 0);
  }

  async #send(entry: OutboxEntry, session: DialectSession): Promise<void> {
    this.#inFlight.add(entry);
    this.#accepting = entry;
    this.#suspicion.sent(entry, performance.now());
    const onAccepted = () => {
      if (this.#accepting === entry) this.#accepting = undefined;
      this.pump();
    };
    const start = performance.now();
    try {
      await session.publish(publicationOf(entry.message), { signal: entry.signal, onAccepted });
      this.roundTrip.record(performance.now() - start);
      // One with QoS 0 has left the module; what the broker makes of it is not known.
      this.#suspicion.settled(entry, performance.now(), entry.message.qos > 0);
      this.#suspicion.forget(entry);
      this.#delivered(entry);
    } catch (error) {
      // One that the module refused has not reached the broker.
      if (error instanceof CommandError) this.#suspicion.settled(entry, performance.now(), true);
      await this.#failed(entry, session, error as ModemError);
      this.#suspicion.settled(entry, performance.now(), false);
    }
    if (this.#accepting === entry) this.#accepting = undefined;
    this.#inFlight.delete(entry);
    this.pump();
  }

  #delivered(entry: OutboxEntry): void {
    this.#outbox.delivered(entry);
    this.stats.delivered += 1;
    this.#size.delivered();
  }

  async #failed(entry: OutboxEntry, session: DialectSession, error: ModemError): Promise<void> {
    if (entry.signal?.aborted) return;
    if (error instanceof CommandError && this.inFlight > 1) {
      // Full without this one: it goes out again after the next result.
      this.#size.refused(this.inFlight - 1);
      return this.#again(entry);
    }
    this.#size.failed();
    const lost = LOSSES.has(error.code) || (DOUBTFUL.has(error.code) && !(await session.verify()));
    // A session that is lost gets nothing more, whoever hears of it first.
    if (lost && this.#session === session) this.detach();
    // One whose own failure was the last straw would end each session.
    const isLastStraw = lost && this.#lossCause === error;
    if (lost && mayRepeat(entry) && !isLastStraw) return this.#again(entry);
    if (!this.#outbox.failed(entry, error, !(error instanceof ModemError) || FINAL.has(error.code))) return;
    this.stats.retried += 1;
    if (!lost) this.#pauseHandingOut();
  }

  #again(entry: OutboxEntry): void {
    if (!this.#outbox.has(entry)) return;
    this.#outbox.putBack(entry);
    this.stats.retried += 1;
  }

  #pauseHandingOut(): void {
    this.#pause ??= setTimeout(() => {
      this.#resume();
      this.pump();
    }, this.#retryDelay);
  }

  #resume(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }
}

/** Without what is the outbox's own: a dialect has ids as well. */
function publicationOf({ topic, payload, qos, retain }: OutboxMessage): Publication {
  return { topic, payload, qos, retain };
}
