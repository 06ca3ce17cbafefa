import type { Publication } from '../../dialects/dialect.js';
import { abortedError, ModemError } from '../../errors/modem-error.js';
import { type Delivery, delivery, type WaitOptions } from '../delivery.js';
import {
  DEAF,
  type EntryOptions,
  type KeptMessage,
  type KeptMessages,
  mayRepeat,
  NOTHING,
  type OutboxEntry,
  type OutboxHandlers,
  type OutboxMessage,
  type OutboxStats,
  restoredEntry,
} from './entry.js';
import { ExpiryTimer } from './expiry-timer.js';
import { type ChangeFile, FileStore } from './file-store.js';
import { MessageQueue } from './message-queue.js';
import { checkTimeToLive, type OutboxSettings } from './options.js';
import { type Publishing, publishing } from './publishing.js';

/** ms between two searches for what is over, for each message that is looked at: few of many may be over each time. */
const REST = 0.001;

/** Messages on their way, in the order of `publish()`: in memory, and if there is a file there as well. */
export class Outbox {
  readonly stats: OutboxStats = { published: 0, restored: 0, expired: 0, discarded: 0, failed: 0 };
  readonly #settings: OutboxSettings;
  readonly #store: FileStore | undefined;
  readonly #queue: MessageQueue;
  readonly #expiry = new ExpiryTimer(() => this.#sweep());
  readonly #drained = new Set<Delivery>();
  #handlers: OutboxHandlers = DEAF;
  #nextId: number;

  constructor(settings: OutboxSettings, file?: ChangeFile, kept: KeptMessages = NOTHING) {
    this.#settings = settings;
    this.#store = file && new FileStore(file, (error) => this.#handlers.trouble(error));
    this.#queue = new MessageQueue(settings);
    this.#nextId = kept.lastId + 1;
    for (const one of kept.messages) this.#restore(one);
  }

  /** Messages that wait or are in flight. */
  get size(): number {
    return this.#queue.size;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Messages that were set aside after failures. */
  get aside(): number {
    return this.#queue.aside;
  }

  /** From now on the handlers hear of everything; nothing expires before that. */
  listen(handlers: OutboxHandlers): void {
    this.#handlers = handlers;
    this.#sweep();
  }

  /** Throws an `ArgumentError` and `ABORTED`; all else the promise tells. */
  publish(publication: Publication, options: EntryOptions = {}): Publishing {
    const { signal, timeToLive = this.#settings.timeToLive, offline = false } = options;
    const life = checkTimeToLive('timeToLive', timeToLive);
    if (signal?.aborted) throw abortedError(signal, 'publish');
    const handles = publishing(`publish to "${publication.topic}"`, options, () => this.#forget(entry));
    const acceptedAt = Date.now();
    const expiresAt = life === undefined ? undefined : acceptedAt + life;
    // Spreads stand last: objects with fields behind one have a shape each, which slows every access to them.
    const message: OutboxMessage = { id: this.#nextId, acceptedAt, expiresAt, ...publication };
    const kept = this.#store !== undefined && (publication.qos > 0 || (offline && this.#settings.qosZero));
    const entry: OutboxEntry = { message, kept, attempts: 0, ...handles };
    this.#nextId += 1;
    try {
      this.#add(entry);
    } catch (error) {
      entry.reject(error as ModemError);
    }
    return handles.promise;
  }

  /** The next one to be sent; it stays in the outbox until it is delivered, refused or put back. */
  take(): OutboxEntry | undefined {
    for (;;) {
      const entry = this.#queue.take();
      if (entry === undefined || !isOver(entry)) return entry;
      this.#expire(entry);
    }
  }

  /** A taken one waits again, at its old place. */
  putBack(entry: OutboxEntry): void {
    if (!this.#queue.isTaken(entry)) return;
    this.#queue.putBack(entry);
    this.#expiry.expectAt(entry.message.expiresAt);
  }

  delivered(entry: OutboxEntry): void {
    if (!this.#forget(entry)) return;
    entry.resolve();
    this.#handlers.delivered(entry.message);
  }

  /**
   * A live session could not send it. True if it waits again: what may be repeated is tried `maxAttempts` times, unless
   * the failure is `final`. After that the file keeps it aside; without a file it is gone.
   */
  failed(entry: OutboxEntry, error: ModemError, final: boolean): boolean {
    if (!this.#queue.isTaken(entry)) return false;
    entry.attempts += 1;
    if (mayRepeat(entry) && !final && entry.attempts < this.#settings.maxAttempts) {
      this.#noteAttempts(entry);
      this.putBack(entry);
      return true;
    }
    this.stats.failed += 1;
    if (entry.kept) this.#setAside(entry, error);
    else this.#forget(entry);
    this.#end(entry, error);
    return false;
  }

  /** As `failed`, but however often, it waits again. */
  tried(entry: OutboxEntry): void {
    if (!this.#queue.isTaken(entry)) return;
    entry.attempts += 1;
    this.#noteAttempts(entry);
    this.putBack(entry);
  }

  /** So many attempts were none of its own. */
  takeBack(entry: OutboxEntry, attempts: number): void {
    if (!this.#queue.has(entry)) return;
    entry.attempts -= attempts;
    this.#noteAttempts(entry);
  }

  /** Whether it waits or is in flight. */
  has(entry: OutboxEntry): boolean {
    return this.#queue.has(entry);
  }

  /** Resolves when nothing waits and nothing is in flight; rejects when the outbox closes before that. */
  async drained(options: WaitOptions = {}): Promise<void> {
    if (this.size === 0) return;
    const waiting = delivery('waiting for the outbox', options, () => this.#drained.delete(waiting));
    this.#drained.add(waiting);
    await waiting.promise;
  }

  /** Rejects what is left with the reason; what the file keeps goes out in a later run. */
  close(reason: ModemError): void {
    this.#handlers = DEAF;
    this.#expiry.stop();
    this.#store?.close();
    for (const entry of this.#queue.all) {
      this.#queue.remove(entry);
      entry.reject(entry.kept ? staysError(reason) : reason);
    }
    for (const waiting of this.#drained) waiting.reject(reason);
    this.#drained.clear();
  }

  #restore(kept: KeptMessage): void {
    this.#queue.restore(restoredEntry(kept), kept.failure === undefined ? 'waiting' : 'aside');
    if (kept.failure === undefined) this.stats.restored += 1;
  }

  #add(entry: OutboxEntry): void {
    const dropped = this.#queue.add(entry, entry.kept ? 'storing' : 'waiting');
    this.#expiry.expectAt(entry.message.expiresAt);
    for (const oldest of dropped) this.#discard(oldest);
    if (entry.kept) this.#store?.add(entry.message, (error) => this.#stored(entry, error));
    else this.#accepted(entry);
  }

  #stored(entry: OutboxEntry, error: ModemError | undefined): void {
    if (error === undefined) {
      if (this.#queue.stored(entry)) this.#accepted(entry);
      return;
    }
    this.#queue.remove(entry);
    entry.reject(error);
    this.#changed();
  }

  #accepted(entry: OutboxEntry): void {
    this.stats.published += 1;
    entry.accept();
    this.#changed();
  }

  #noteAttempts({ kept, message, attempts }: OutboxEntry): void {
    if (kept) this.#store?.tried(message.id, { attempts, failure: undefined });
  }

  #setAside(entry: OutboxEntry, { message }: ModemError): void {
    this.#queue.setAside(entry);
    this.#store?.tried(entry.message.id, { attempts: entry.attempts, failure: message });
  }

  #discard(entry: OutboxEntry): void {
    if (entry.kept) this.#store?.remove(entry.message.id);
    this.stats.discarded += 1;
    this.#end(entry, new ModemError('QUEUE_FULL', 'the outbox is full: the message gave way to a later one'));
  }

  /** Drops what is over, and waits for what will be over next. What is in flight may still be delivered. */
  #sweep(): void {
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#queue.all) {
      const { expiresAt } = entry.message;
      if (expiresAt === undefined) continue;
      if (expiresAt > now) next = Math.min(next, expiresAt);
      else if (!this.#queue.isTaken(entry)) this.#expire(entry);
    }
    this.#expiry.expectAt(Math.max(next, now + this.size * REST));
  }

  #expire(entry: OutboxEntry): void {
    this.stats.expired += 1;
    this.#forget(entry);
    const { topic } = entry.message;
    this.#end(
      entry,
      new ModemError('EXPIRED', `publish to "${topic}": not delivered within its time to live`),
    );
  }

  /** False if it is not known. */
  #forget(entry: OutboxEntry): boolean {
    if (!this.#queue.remove(entry)) return false;
    if (entry.kept) this.#store?.remove(entry.message.id);
    this.#changed();
    return true;
  }

  #end(entry: OutboxEntry, error: ModemError): void {
    entry.reject(error);
    this.#handlers.undelivered(entry.message, error);
    this.#changed();
  }

  #changed(): void {
    this.#handlers.changed();
    if (this.size > 0) return;
    for (const waiting of this.#drained) waiting.resolve();
    this.#drained.clear();
  }
}

function isOver({ message }: OutboxEntry): boolean {
  return message.expiresAt !== undefined && message.expiresAt <= Date.now();
}

function staysError(reason: ModemError): ModemError {
  const message = `${reason.message}; the message stays in the outbox and goes out in a later run`;
  return new ModemError(reason.code, message, { cause: reason });
}
