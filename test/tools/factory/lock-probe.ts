import Database from 'libsql';
import { Histogram, type HistogramSummary } from '../../../src/util/histogram.js';

/** ms between two looks, and for which one waits at most. */
const PERIOD = 100;
const LIMIT = 10_000;

/** Measures for how long one more writer would have to wait for the ledger. */
export class LockProbe {
  readonly #database: Database.Database;
  readonly #waits = new Histogram();
  readonly #timer: NodeJS.Timeout;

  constructor(path: string) {
    this.#database = new Database(path, { timeout: LIMIT });
    this.#timer = setInterval(() => this.#look(), PERIOD);
  }

  /** In ms. */
  end(): HistogramSummary {
    clearInterval(this.#timer);
    this.#database.close();
    return this.#waits.summary();
  }

  #look(): void {
    const start = performance.now();
    this.#database.exec('BEGIN IMMEDIATE; ROLLBACK');
    this.#waits.record(performance.now() - start);
  }
}
