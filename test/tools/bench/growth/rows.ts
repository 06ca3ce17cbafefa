import { table } from '../../shared/table.js';
import type { Costs } from './kind.js';

/** What a kind cost, for one number of it. */
export interface Measured {
  readonly count: number;
  readonly costs: Costs;
}

/** What was done with a kind, and µs of CPU for each by number. */
export interface Row {
  readonly name: string;
  readonly each: readonly { readonly count: number; readonly cpu: number }[];
  /** Of the highest number to the lowest; the collector, which copies what lives long, is in it. */
  readonly ratio: number;
  /** Of the highest number to the one before: what is O(n²) shows here in full. */
  readonly lastStep: number;
}

/** `measured` from the fewest to the most. */
export function rowsOf(kind: string, measured: readonly Measured[]): Row[] {
  return Object.keys(measured[0]?.costs ?? {}).map((done) => {
    const each = measured.map(({ count, costs }) => ({ count, cpu: costs[done] ?? Number.NaN }));
    const cpuAt = (index: number) => each.at(index)?.cpu ?? Number.NaN;
    return {
      name: `${kind}: ${done}`,
      each,
      ratio: cpuAt(-1) / cpuAt(0),
      lastStep: cpuAt(-1) / cpuAt(-2),
    };
  });
}

/** The rows for people. */
export function linesOf(rows: readonly Row[]): string[] {
  return table(
    ['', 'to fewest', 'to last'],
    rows.map(({ name, each, ratio, lastStep }) => [
      ...[name, ratio.toFixed(2), lastStep.toFixed(2)],
      ...each.map(({ count, cpu }) => `${cpu.toFixed(2)} at ${count}`),
    ]),
  );
}
