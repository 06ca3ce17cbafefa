import { planOfProcess } from '../../shared/own-process.js';
import { median } from '../../shared/statistics.js';
import type { Costs } from './kind.js';
import { KINDS, type KindName } from './kinds.js';
import type { Measured } from './rows.js';

/** ms of CPU for which the compiler warms up, and for which a kind is measured again and again with one number of it. */
const WARM_UP = 800;
const ROUNDS = 300;

/** ms on the clock for each of them: some kinds wait most of the time, and a busy machine makes all of them wait. */
const PATIENCE = 4;

const { sizes, measure } = KINDS[planOfProcess<KindName>()];
await during(WARM_UP, () => measure(sizes[1] ?? 1));
const measured: Measured[] = [];
for (const count of sizes) {
  globalThis.gc?.();
  measured.push({ count, costs: middle(await during(ROUNDS, () => measure(count))) });
}
process.send?.(measured);

/** Once at least. */
async function during<T>(ms: number, once: () => Promise<T>): Promise<T[]> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const all: T[] = [];
  for (;;) {
    all.push(await once());
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 >= ms || performance.now() - begun >= PATIENCE * ms) return all;
  }
}

function middle(all: readonly Costs[]): Costs {
  const of = (done: string) => median(all.map((costs) => costs[done] ?? Number.NaN));
  return Object.fromEntries(Object.keys(all[0] ?? {}).map((done) => [done, of(done)]));
}
