/** The longest time that a timer of Node can run, in ms. */
const LONGEST = 2 ** 31 - 1;

/** One timer for the earliest of many times. */
export class ExpiryTimer {
  readonly #due: () => void;
  #timer: NodeJS.Timeout | undefined;
  #time = Number.POSITIVE_INFINITY;

  constructor(due: () => void) {
    this.#due = due;
  }

  /** `time` in ms since 1970; undefined is never. It may be told too early that it is due, never too late. */
  expectAt(time: number | undefined): void {
    if (time === undefined || time >= this.#time) return;
    this.stop();
    this.#time = time;
    const wait = Math.min(LONGEST, Math.max(1, time - Date.now()));
    this.#timer = setTimeout(() => {
      this.stop();
      this.#due();
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#time = Number.POSITIVE_INFINITY;
  }
}
