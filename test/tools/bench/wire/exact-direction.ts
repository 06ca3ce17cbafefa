/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** Bytes that arrive together, as from the buffer of a UART; the end of a line never waits for what is behind it. */
const SLICE = 32;
const LF = 0x0a;

interface Underway {
  /** When its last byte has passed, by `performance.now()`. */
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * One direction of a serial line, exact to some µs: it asks the clock in every turn of the event loop, as a timer of
 * Node may be late by a ms, which is 92 bytes at 921,600 baud. So it needs a processor of its own.
 */
export class ExactDirection {
  /** Bytes that have begun to pass. */
  bytes = 0;
  /** When the first of them did. */
  begun: number | undefined;
  readonly #msPerByte: number;
  readonly #arrive: (bytes: Buffer) => void;
  #underway: Underway[] = [];
  #freeAt = 0;

  /** `baudRate` in bit/s. */
  constructor(baudRate: number, arrive: (bytes: Buffer) => void) {
    this.#msPerByte = (BITS_PER_BYTE * 1000) / baudRate;
    this.#arrive = arrive;
  }

  send(bytes: Buffer): void {
    for (let rest = bytes; rest.length > 0; ) {
      const slice = rest.subarray(0, SLICE);
      const end = slice.indexOf(LF) + 1 || slice.length;
      this.#pass(slice.subarray(0, end));
      rest = rest.subarray(end);
    }
  }

  /** When the last byte that was sent has passed. */
  get freeAt(): number {
    return this.#freeAt;
  }

  /** Counts anew. */
  reset(): void {
    this.bytes = 0;
    this.begun = undefined;
  }

  #pass(bytes: Buffer): void {
    const start = Math.max(performance.now(), this.#freeAt);
    this.begun ??= start;
    this.bytes += bytes.length;
    this.#freeAt = start + bytes.length * this.#msPerByte;
    this.#underway.push({ at: this.#freeAt, bytes });
    if (this.#underway.length === 1) setImmediate(() => this.#look());
  }

  #look(): void {
    const now = performance.now();
    for (let next = this.#underway[0]; next !== undefined && next.at <= now; next = this.#underway[0]) {
      this.#underway.shift();
      this.#arrive(next.bytes);
    }
    if (this.#underway.length > 0) setImmediate(() => this.#look());
  }
}
