/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** When bytes have passed one direction of a serial line. */
export class BaudPacer {
  readonly #bytesPerMs: number;
  #freeAt = 0;

  /** `baudRate` in bit/s; undefined is a line that takes no time. */
  constructor(baudRate: number | undefined) {
    this.#bytesPerMs = baudRate === undefined ? Number.POSITIVE_INFINITY : baudRate / BITS_PER_BYTE / 1000;
  }

  get instant(): boolean {
    return this.#bytesPerMs === Number.POSITIVE_INFINITY;
  }

  /** ms from now until so many bytes more have passed, behind those that are on the line already. */
  pass(bytes: number): number {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.#bytesPerMs;
    return this.#freeAt - now;
  }
}
