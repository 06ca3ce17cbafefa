import { checkInteger, checkOneOf } from '../at/checks.js';
import type { Publication } from '../dialects/dialect.js';
import { ModemError } from '../errors/modem-error.js';

/** A message on its way: it stays in the outbox until it is delivered, given up or refused. */
export interface OutboxEntry {
  readonly publication: Publication;
  /** Fires when the caller gives the message up. */
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: ModemError) => void;
}

export interface OutboxOptions {
  /** Most messages that wait or are in flight, default 1000. */
  readonly maxMessages?: number;
  /** Most bytes of payload and topic, default 16 MiB. */
  readonly maxBytes?: number;
  /** When full: refuse the new message (default), or drop the oldest waiting one. */
  readonly policy?: 'reject' | 'drop-oldest';
}

const DEFAULTS: Required<OutboxOptions> = { maxMessages: 1000, maxBytes: 16 * 1024 * 1024, policy: 'reject' };

/** The options filled in; throws an `ArgumentError`. */
export function outboxOptions(options: OutboxOptions = {}): Required<OutboxOptions> {
  const { maxMessages, maxBytes, policy } = { ...DEFAULTS, ...options };
  return {
    maxMessages: checkInteger('outbox.maxMessages', maxMessages, 1, Number.MAX_SAFE_INTEGER),
    maxBytes: checkInteger('outbox.maxBytes', maxBytes, 1, Number.MAX_SAFE_INTEGER),
    policy: checkOneOf('outbox.policy', policy, ['reject', 'drop-oldest']),
  };
}

/** Messages in the order of `publish()`, in memory and bounded. */
export class Outbox {
  readonly #options: Required<OutboxOptions>;
  /** All of them in their order, and whether each is taken. A taken one keeps its place, so it can be put back. */
  readonly #entries = new Map<OutboxEntry, boolean>();
  #taken = 0;
  #bytes = 0;
  #takenBytes = 0;

  constructor(options: OutboxOptions = {}) {
    this.#options = outboxOptions(options);
  }

  /** Messages that wait or are in flight. */
  get size(): number {
    return this.#entries.size;
  }

  get waiting(): number {
    return this.#entries.size - this.#taken;
  }

  /** Throws `QUEUE_FULL` if there is no room, and with `drop-oldest` if dropping what waits would not make enough. */
  add(entry: OutboxEntry): void {
    const bytes = sizeOf(entry);
    const { maxMessages, maxBytes, policy } = this.#options;
    const fits = (held: number, heldBytes: number) => held < maxMessages && heldBytes + bytes <= maxBytes;
    const canFit =
      policy === 'drop-oldest' ? fits(this.#taken, this.#takenBytes) : fits(this.size, this.#bytes);
    if (!canFit) throw full(this.size, this.#bytes);
    while (!fits(this.size, this.#bytes)) this.#drop(this.#firstWaiting() as OutboxEntry);
    this.#entries.set(entry, false);
    this.#bytes += bytes;
  }

  /** The next one to be sent; it stays in the outbox until it is removed or put back. */
  take(): OutboxEntry | undefined {
    const entry = this.#firstWaiting();
    if (entry === undefined) return undefined;
    this.#entries.set(entry, true);
    this.#taken += 1;
    this.#takenBytes += sizeOf(entry);
    return entry;
  }

  /** A taken one waits again, at its old place. */
  putBack(entry: OutboxEntry): void {
    if (this.#entries.get(entry) !== true) return;
    this.#entries.set(entry, false);
    this.#taken -= 1;
    this.#takenBytes -= sizeOf(entry);
  }

  /** Forgets one, wherever it is; false if it is not known. */
  remove(entry: OutboxEntry): boolean {
    if (!this.#entries.has(entry)) return false;
    this.putBack(entry);
    this.#entries.delete(entry);
    this.#bytes -= sizeOf(entry);
    return true;
  }

  /** Rejects all. */
  fail(error: ModemError): void {
    for (const entry of [...this.#entries.keys()]) {
      this.remove(entry);
      entry.reject(error);
    }
  }

  #drop(entry: OutboxEntry): void {
    entry.reject(full(this.size, this.#bytes));
    this.remove(entry);
  }

  /** Those that are taken stand in front, no more than the publish window is wide: the search is short. */
  #firstWaiting(): OutboxEntry | undefined {
    for (const [entry, taken] of this.#entries) if (!taken) return entry;
    return undefined;
  }
}

function sizeOf({ publication }: OutboxEntry): number {
  return publication.payload.length + Buffer.byteLength(publication.topic);
}

function full(messages: number, bytes: number): ModemError {
  return new ModemError('QUEUE_FULL', `the outbox is full: ${messages} messages, ${bytes} bytes`);
}
