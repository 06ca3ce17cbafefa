import { delay } from '../../util/delay.js';

/** The longest time that a timer of Node can run, in ms. */
const MAX_TIMER = 2 ** 31 - 1;

/** When something is due that happened at some time of a recording. */
export class Pacer {
  readonly #speed: number;
  readonly #signal: AbortSignal;
  readonly #began = performance.now();
  #first: number | undefined;

  /** `speed`: how many times faster than it was; infinity: at once. */
  constructor(speed: number, signal: AbortSignal) {
    this.#speed = speed;
    this.#signal = signal;
  }

  /** ms to wait for the moment `elapsed` (ms); the first one asked for is due at once. */
  wait(elapsed: number): number {
    this.#first ??= elapsed;
    const due = this.#began + (elapsed - this.#first) / this.#speed;
    return Math.max(0, due - performance.now());
  }

  /** Resolves when the time is over, or the signal aborts. */
  async pass(ms: number): Promise<void> {
    await delay(Math.min(ms, MAX_TIMER), this.#signal);
  }
}
