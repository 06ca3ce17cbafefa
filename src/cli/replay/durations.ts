import { seededRandom } from '../../util/random.js';

/** Values that are kept: with more of them the percentiles are those of a random sample. */
const KEPT = 4096;

export interface DurationSummary {
  readonly count: number;
  /** ms, each. */
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Times in ms. The memory does not grow with their number; up to 4096 of them the percentiles are exact. */
export class Durations {
  readonly #values: number[] = [];
  /** The same sample for the same recording. */
  readonly #random = seededRandom(1);
  #count = 0;
  #max = 0;

  add(ms: number): void {
    this.#count += 1;
    this.#max = Math.max(this.#max, ms);
    const place = this.#count <= KEPT ? this.#count - 1 : Math.floor(this.#random() * this.#count);
    if (place < KEPT) this.#values[place] = ms;
  }

  summary(): DurationSummary {
    const sorted = [...this.#values].sort((a, b) => a - b);
    const percentile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return { count: this.#count, median: percentile(0.5), p95: percentile(0.95), max: this.#max };
  }
}
