/** Good results in a row after which a window that had shrunk grows by one. */
const RESULTS_TO_GROW = 16;

/** The most that it waits for, after growth that was refused again and again. */
const MOST_RESULTS_TO_GROW = 1024;

/**
 * How many messages may wait for their results: at most `maximum`, and what the module takes, which it only tells by
 * refusing. A refusal costs a command line, payload and all, so growth that ends in one is tried half as often the next
 * time; growth that holds is followed soon by more.
 */
export class WindowSize {
  readonly #maximum: number;
  #current: number;
  #resultsToGrow = RESULTS_TO_GROW;
  #resultsInRow = 0;
  /** It has grown since it was refused. */
  #grown = false;

  constructor(maximum: number) {
    this.#maximum = maximum;
    this.#current = maximum;
  }

  get current(): number {
    return this.#current;
  }

  /** A good result. */
  delivered(): void {
    if (this.#current === this.#maximum) return;
    this.#resultsInRow += 1;
    if (this.#resultsInRow < this.#resultsToGrow) return;
    this.#resultsInRow = 0;
    if (this.#grown) this.#resultsToGrow = RESULTS_TO_GROW;
    this.#grown = true;
    this.#current += 1;
  }

  /** A failure of any other kind. */
  failed(): void {
    this.#resultsInRow = 0;
  }

  /** The module is full with so many under way. */
  refused(underWay: number): void {
    this.#resultsInRow = 0;
    this.#current = underWay;
    if (this.#grown) this.#resultsToGrow = Math.min(2 * this.#resultsToGrow, MOST_RESULTS_TO_GROW);
    this.#grown = false;
  }
}
