import { planOfProcess } from '../own-process.js';
import { median } from '../statistics.js';
import type { Costs } from './kind.js';
import { KINDS, type KindName } from './kinds.js';
import type { Measured } from './rows.js';

/** ms for which the compiler warms up, and for which a kind is measured again and again with one number of it. */
const WARM_UP = 500;
const ROUNDS = 400;

const { sizes, measure } = KINDS[planOfProcess<KindName>()];
await during(WARM_UP, () => measure(sizes[0] ?? 1));
await measure(sizes[1] ?? 1);
const measured: Measured[] = [];
for (const count of sizes) {
  globalThis.gc?.();
  measured.push({ count, costs: middle(await during(ROUNDS, () => measure(count))) });
}
process.send?.(measured);

/** Once at least. */
async function during<T>(ms: number, once: () => Promise<T>): Promise<T[]> {
  const begun = performance.now();
  const all = [await once()];
  while (performance.now() - begun < ms) all.push(await once());
  return all;
}

function middle(all: readonly Costs[]): Costs {
  const of = (done: string) => median(all.map((costs) => costs[done] ?? Number.NaN));
  return Object.fromEntries(Object.keys(all[0] ?? {}).map((done) => [done, of(done)]));
}
