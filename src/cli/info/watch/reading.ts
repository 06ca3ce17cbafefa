import type { Signal } from '../../../modem/signal.js';

/** The signal at one time; undefined if the module did not tell. */
export interface Reading {
  /** ms since 1970. */
  readonly at: number;
  readonly signal: Signal | undefined;
}

/** What the graph shows: the RSRP if the module tells it, as LTE is judged by that, else the RSSI. */
export interface Measure {
  readonly name: 'RSRP' | 'RSSI';
  /** dBm at the bottom and at the top of the graph: what is found in the field, not what can be told. */
  readonly bottom: number;
  readonly top: number;
}

const RSRP: Measure = { name: 'RSRP', bottom: -130, top: -70 };
const RSSI: Measure = { name: 'RSSI', bottom: -113, top: -51 };

/** One measure for all readings, so that the curve has one scale. */
export function measureOf(readings: readonly Reading[]): Measure {
  return readings.some(({ signal }) => signal?.rsrp !== undefined) ? RSRP : RSSI;
}

/** dBm, or undefined for a gap. */
export function levelOf({ signal }: Reading, { name }: Measure): number | undefined {
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
