import { inOwnProcess } from '../../shared/own-process.js';
import type { Section } from '../section.js';
import { KIND_NAMES } from './kinds.js';
import { linesOf, type Measured, type Row, rowsOf } from './rows.js';

const PROCESS = new URL('process.js', import.meta.url);

/** A young generation of 128 MB: else the collector copies what many leave behind more often than what few do. */
const FLAGS = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];

/** What one of many costs, beside one of few. */
export async function growthSection(): Promise<Section> {
  const rows: Row[] = [];
  for (const kind of KIND_NAMES) {
    rows.push(...rowsOf(kind, await inOwnProcess<Measured[]>(PROCESS, kind, FLAGS)));
  }
  return {
    ratios: {
      'growth, worst': Math.max(...rows.map(({ ratio }) => ratio)),
      'growth in the last step, worst': Math.max(...rows.map(({ lastStep }) => lastStep)),
    },
    data: { growth: rows },
    lines: [
      'µs of CPU for each; the ratio of the most to the fewest, and to the number before',
      ...linesOf(rows),
    ],
  };
}
