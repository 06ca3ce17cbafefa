import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/util/random.js';
import { hours, minutes, type SoakPlan } from './plan.js';
import type { SoakReport } from './report.js';
import { VirtualClock } from './virtual-clock.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

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

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  console.error(`soak: --${name} ${text}: a number above 0 is needed`);
  process.exit(2);
}

const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
// The jitter of the client's back-off as well follows from the seed.
Math.random = seededRandom(seed);
const report =
  values.hours === undefined
    ? await runReal(minutes(positive('minutes', values.minutes ?? '1'), seed))
    : await runVirtual(hours(positive('hours', values.hours), seed));
if (values.json) {
  console.log(JSON.stringify(report));
} else {
  const { print } = await import('./print.js');
  print(report);
}
process.exitCode = report.violations.length === 0 ? 0 : 1;
