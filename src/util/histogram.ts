/** What a histogram says; times in ms, percentiles exact to a fifth. */
export interface HistogramSummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Upper end of the first bucket in ms; each further one ends a fifth (2^¼) higher. */
const FIRST = 0.05;
const BUCKETS_PER_OCTAVE = 4;

/** Times in ms, counted in buckets: the memory does not grow with their number. */
export class Histogram {
  readonly #buckets: number[] = [];
  #count = 0;
  #sum = 0;
  #max = 0;

  record(ms: number): void {
    const index = ms <= FIRST ? 0 : Math.ceil(Math.log2(ms / FIRST) * BUCKETS_PER_OCTAVE);
    while (this.#buckets.length <= index) this.#buckets.push(0);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count += 1;
    this.#sum += ms;
    this.#max = Math.max(this.#max, ms);
  }

  summary(): HistogramSummary {
    return {
      count: this.#count,
      mean: this.#count === 0 ? 0 : round(this.#sum / this.#count),
      p50: this.#percentile(0.5),
      p90: this.#percentile(0.9),
      p99: this.#percentile(0.99),
      max: round(this.#max),
    };
  }

  /** The upper end of the bucket that the share falls into. */
  #percentile(share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [index, count] of this.#buckets.entries()) {
      left -= count;
      if (left <= 0 && count > 0)
        return round(Math.min(this.#max, FIRST * 2 ** (index / BUCKETS_PER_OCTAVE)));
    }
    return 0;
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
