import { inOwnProcess } from '../../shared/own-process.js';
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
    lines: [
      'Digester                 chunk     MB/s  allocated per byte',
      ...results.map(
        ({ flood, chunk, megabytesPerSecond, allocated }) =>
          `${flood.padEnd(24)} ${String(chunk).padStart(5)} ${megabytesPerSecond.toFixed(1).padStart(8)} ${allocated.toFixed(1).padStart(19)}`,
      ),
    ],
  };
}
