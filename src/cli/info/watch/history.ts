import { levelOf, type Measure, measureOf, type Reading } from './reading.js';

/** Readings that the graph shows. */
const LENGTH = 60;

/** The last readings, the newest last. */
export class History {
  #readings: readonly Reading[] = [];

  add(reading: Reading): void {
    this.#readings = [...this.#readings, reading].slice(-LENGTH);
  }

  get last(): Reading | undefined {
    return this.#readings.at(-1);
  }

  get measure(): Measure {
    return measureOf(this.#readings);
  }

  /** dBm; undefined is a gap. */
  get values(): readonly (number | undefined)[] {
    const { measure } = this;
    return this.#readings.map((reading) => levelOf(reading, measure));
  }
}
