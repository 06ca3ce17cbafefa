import { ModemError } from '../../errors/modem-error.js';
import { OrderedSet } from '../../util/ordered-set.js';
import type { OutboxEntry } from './entry.js';
import type { OutboxSettings } from './options.js';

/** `storing`: not yet in the file. `taken`: handed to the session; it keeps its place, so that it can be put back. */
type State = 'storing' | 'waiting' | 'taken';

export type Bounds = Pick<OutboxSettings, 'maxMessages' | 'maxBytes' | 'policy'>;

/** Messages in the order of `publish()`, bounded; beside them those that were set aside. */
export class MessageQueue {
  readonly #bounds: Bounds;
  readonly #entries = new Map<OutboxEntry, State>();
  readonly #aside = new OrderedSet<OutboxEntry>();
  /** Goes on where it was: a fresh one would pass the places of all that have left. */
  #walk = this.#entries.keys();
  #first: OutboxEntry | undefined;
  #taken = 0;
  #bytes = 0;
  #takenBytes = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Messages that wait or are in flight. */
  get size(): number {
    return this.#entries.size;
  }

  get waiting(): number {
    return this.#entries.size - this.#taken;
  }

  get aside(): number {
    return this.#aside.size;
  }

  /** All that wait or are in flight. */
  get all(): readonly OutboxEntry[] {
    return [...this.#entries.keys()];
  }

  /**
   * Gives the entries that gave way. Throws `QUEUE_FULL` if there is no room, and with `drop-oldest` if dropping what
   * is not in flight would not make enough.
   */
  add(entry: OutboxEntry, state: 'storing' | 'waiting'): readonly OutboxEntry[] {
    const bytes = sizeOf(entry);
    const { maxMessages, maxBytes, policy } = this.#bounds;
    const fits = (held: number, heldBytes: number) => held < maxMessages && heldBytes + bytes <= maxBytes;
    const canFit =
      policy === 'drop-oldest' ? fits(this.#taken, this.#takenBytes) : fits(this.#held, this.#bytes);
    if (!canFit) throw this.fullError();
    const dropped: OutboxEntry[] = [];
    while (!fits(this.#held, this.#bytes)) {
      const oldest = this.#oldest() as OutboxEntry;
      this.remove(oldest);
      dropped.push(oldest);
    }
    this.restore(entry, state);
    return dropped;
  }

  /** Adds one without a look at the bounds: it was accepted in an earlier run. */
  restore(entry: OutboxEntry, state: 'storing' | 'waiting' | 'aside'): void {
    if (state === 'aside') this.#aside.add(entry);
    else this.#entries.set(entry, state);
    this.#bytes += sizeOf(entry);
  }

  /** The file has it. False if it is not known any more. */
  stored(entry: OutboxEntry): boolean {
    if (this.#entries.get(entry) !== 'storing') return false;
    this.#entries.set(entry, 'waiting');
    return true;
  }

  /** The next one to be sent; it stays until it is removed or put back. Nothing overtakes one that is being stored. */
  take(): OutboxEntry | undefined {
    const entry = this.#firstUntaken();
    if (entry === undefined || this.#entries.get(entry) === 'storing') return undefined;
    this.#entries.set(entry, 'taken');
    this.#taken += 1;
    this.#takenBytes += sizeOf(entry);
    return entry;
  }

  /** Whether it waits or is taken. */
  has(entry: OutboxEntry): boolean {
    return this.#entries.has(entry);
  }

  isTaken(entry: OutboxEntry): boolean {
    return this.#entries.get(entry) === 'taken';
  }

  /** A taken one waits again, at its old place. */
  putBack(entry: OutboxEntry): void {
    if (!this.#untake(entry)) return;
    this.#entries.set(entry, 'waiting');
    this.#walk = this.#entries.keys();
    this.#first = undefined;
  }

  /** It is not sent any more, but not forgotten either. */
  setAside(entry: OutboxEntry): void {
    if (this.remove(entry)) this.restore(entry, 'aside');
  }

  /** Forgets one, wherever it is; false if it is not known. */
  remove(entry: OutboxEntry): boolean {
    this.#untake(entry);
    if (!this.#entries.delete(entry) && !this.#aside.delete(entry)) return false;
    this.#bytes -= sizeOf(entry);
    return true;
  }

  fullError(): ModemError {
    const aside = this.aside === 0 ? '' : `, ${this.aside} of them set aside after failures`;
    return new ModemError(
      'QUEUE_FULL',
      `the outbox is full: ${this.#held} messages, ${this.#bytes} bytes${aside}`,
    );
  }

  get #held(): number {
    return this.#entries.size + this.#aside.size;
  }

  #untake(entry: OutboxEntry): boolean {
    if (!this.isTaken(entry)) return false;
    this.#taken -= 1;
    this.#takenBytes -= sizeOf(entry);
    return true;
  }

  #oldest(): OutboxEntry | undefined {
    return this.#aside.first ?? this.#firstUntaken();
  }

  /** The walk has not passed it, as a message is taken before all later ones; so the walk does not end. */
  #firstUntaken(): OutboxEntry | undefined {
    if (this.waiting === 0) return undefined;
    if (this.#first === undefined || !this.#isUntaken(this.#first)) this.#first = this.#walkOn();
    return this.#first;
  }

  #walkOn(): OutboxEntry | undefined {
    for (const entry of this.#walk) if (this.#isUntaken(entry)) return entry;
    return undefined;
  }

  #isUntaken(entry: OutboxEntry): boolean {
    return this.#entries.has(entry) && !this.isTaken(entry);
  }
}

function sizeOf({ message }: OutboxEntry): number {
  return message.payload.length + Buffer.byteLength(message.topic);
}
