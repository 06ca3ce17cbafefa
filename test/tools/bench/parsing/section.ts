import { inOwnProcess } from '../../shared/own-process.js';
import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import type { Digested } from './process.js';

/** MB; nothing is collected before that much is allocated. */
const YOUNG_GENERATION = 128;

export async function parsingSection(): Promise<Section> {
  const results = await inOwnProcess<Digested[]>(new URL('process.js', import.meta.url), null, [
    '--expose-gc',
    `--min-semi-space-size=${YOUNG_GENERATION}`,
    `--max-semi-space-size=${YOUNG_GENERATION}`,
  ]);
  return {
    ratios: {},
    data: { parsing: results },
    lines: table(
      ['Digester', 'chunk', 'MB/s', 'allocated per byte'],
      results.map(({ flood, chunk, megabytesPerSecond, allocated }) => [
        ...[flood, String(chunk), megabytesPerSecond.toFixed(1), allocated.toFixed(1)],
      ]),
    ),
  };
}
