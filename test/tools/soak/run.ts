import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededRandom } from '../../../src/util/random.js';
import { VirtualClock } from '../shared/virtual-clock.js';
import type { SoakOptions } from './command.js';
import { hours, minutes, type SoakPlan } from './plan.js';
import type { SoakReport } from './report.js';

/** Prints what became of every message; false if something is wrong. */
export async function run(options: SoakOptions): Promise<boolean> {
  const { seed } = options;
  // The jitter of the client's back-off as well follows from the seed.
  Math.random = seededRandom(seed);
  exposeGc();
  const report =
    options.hours === undefined
      ? await runReal(minutes(options.minutes, seed))
      : await runVirtual(hours(options.hours, seed));
  if (options.json) console.log(JSON.stringify(report));
  else (await import('./print.js')).print(report);
  return report.violations.length === 0;
}

/** Both imports come late: everything must find the clock that the run goes by. */
async function runReal(plan: SoakPlan): Promise<SoakReport> {
  const { soak } = await import('./soak.js');
  return soak(plan, () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);
}

async function runVirtual(plan: SoakPlan): Promise<SoakReport> {
  const clock = new VirtualClock();
  clock.install();
  const { soak } = await import('./soak.js');
  return clock.run(soak(plan, () => clock.pending));
}

/** As `node --expose-gc`: the heap is cleaned before it is measured. */
function exposeGc(): void {
  setFlagsFromString('--expose-gc');
  globalThis.gc = runInNewContext('gc') as NonNullable<typeof globalThis.gc>;
}
