import type { Signal } from '../../../modem/signal.js';

/** The signal at one time; undefined if the module did not tell. */
export interface Reading {
  /** ms since 1970. */
  readonly at: number;
  readonly signal: Signal | undefined;
}

/** What the graph shows: the RSRP if the module tells it, as LTE is judged by that, else the RSSI. */
interface Measure {
  readonly name: 'RSRP' | 'RSSI';
  /** dBm at the bottom and at the top of the graph: what is found in the field, not what can be told. */
  readonly bottom: number;
  readonly top: number;
}

const RSRP: Measure = { name: 'RSRP', bottom: -130, top: -70 };
const RSSI: Measure = { name: 'RSSI', bottom: -113, top: -51 };

/** One measure for all readings, so that the curve has one scale. */
function measureOf(readings: readonly Reading[]): Measure {
  return readings.some(({ signal }) => signal?.rsrp !== undefined) ? RSRP : RSSI;
}

/** dBm, or undefined for a gap. */
function levelOf({ signal }: Reading, { name }: Measure): number | undefined {
  return name === 'RSRP' ? signal?.rsrp : signal?.rssi;
}

/** The numbers of a reading, and how good they are. */
export function readingText({ signal }: Reading): string {
  if (signal === undefined) return 'no answer';
  const { rsrp, rsrq, rssi, sinr, quality } = signal;
  const values = [
    rsrp === undefined ? undefined : `RSRP ${rsrp} dBm`,
    rsrq === undefined ? undefined : `RSRQ ${rsrq} dB`,
    rssi === undefined ? undefined : `RSSI ${rssi} dBm`,
    sinr === undefined ? undefined : `SINR ${sinr} dB`,
  ].filter((text) => text !== undefined);
  return [`signal ${quality}`, ...values].join('  ');
}

/** The one number that the graph shows. */
export function levelText(reading: Reading, measure: Measure): string {
  const level = levelOf(reading, measure);
  return `signal ${reading.signal?.quality ?? 'unknown'}${level === undefined ? '' : `  ${measure.name} ${level} dBm`}`;
}

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
