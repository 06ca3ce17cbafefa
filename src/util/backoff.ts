export interface BackoffOptions {
  /** First delay in ms. */
  readonly initial: number;
  /** Largest delay in ms. */
  readonly maximum: number;
  /** Growth from one delay to the next, default 2. */
  readonly factor?: number;
  /** Source of jitter, 0 ≤ x < 1, default `Math.random`. */
  readonly random?: () => number;
}

/** Delays that grow up to a maximum; each is spread over its upper half, so that many modules do not return at once. */
export class Backoff {
  #tries = 0;
  readonly #options: Required<BackoffOptions>;

  constructor(options: BackoffOptions) {
    this.#options = { factor: 2, random: Math.random, ...options };
  }

  /** Delays given since the start or the last reset. */
  get tries(): number {
    return this.#tries;
  }

  /** The next delay in ms. */
  next(): number {
    const { initial, maximum, factor, random } = this.#options;
    const full = Math.min(maximum, initial * factor ** this.#tries);
    this.#tries += 1;
    return Math.round(full / 2 + (full / 2) * random());
  }

  reset(): void {
    this.#tries = 0;
  }
}
