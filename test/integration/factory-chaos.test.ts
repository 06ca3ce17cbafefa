import { expect, it } from 'vitest';
import { faultNamed } from '../tools/factory/faults.js';
import type { CasePlan, PlannedFault } from '../tools/factory/plan.js';
import { runCase } from '../tools/factory/run-case.js';

const PLAN: Omit<CasePlan, 'faults' | 'way'> = { seed: 7, units: 3, triples: 3, once: true, latency: {} };

type Fault = Pick<PlannedFault, 'moment'> & Partial<PlannedFault> & { readonly name: string };

function fault({ name, ...rest }: Fault): PlannedFault {
  return { kind: faultNamed(name), lag: 0, hold: 200, unit: 0, count: 1, ...rest };
}

// The long run is `npm run tool -- factory`.
interface Row {
  readonly title: string;
  readonly way: CasePlan['way'];
  readonly faults: readonly Fault[];
  /** What some of the attempts came to. */
  readonly attempt: string;
}

it.each<Row>([
  {
    title: 'A station that is killed twice goes on where it was, and nobody gets two triples.',
    way: 'file',
    faults: [
      { name: 'kill', moment: { at: 'login', count: 2 } },
      { name: 'kill', moment: { at: 'login', count: 4 } },
    ],
    attempt: 'interrupted',
  },
  {
    title: 'A registration whose answer was lost is not asked for again until somebody says so.',
    way: 'http',
    faults: [{ name: 'cloud-cut', moment: { at: 'command', unit: 1, count: 2 }, hold: 5_000, count: 2 }],
    attempt: 'REGISTRATION_UNANSWERED',
  },
  {
    title: 'Modules without power and ports that vanish fail as lost, and pass with the same triple.',
    way: 'file',
    faults: [
      { name: 'power-cut', moment: { at: 'command', unit: 0, count: 20 }, unit: 0 },
      { name: 'unplug', moment: { at: 'command', unit: 1, count: 12 }, unit: 1 },
    ],
    attempt: 'MODULE_LOST',
  },
])('$title', { timeout: 60_000 }, async ({ way, faults, attempt }) => {
  const plan = { ...PLAN, way, triples: way === 'file' ? 3 : 0, faults: faults.map(fault) };
  const report = await runCase(plan);
  expect(report.violations).toEqual([]);
  expect(report.faults.toSorted()).toEqual(faults.map(({ name }) => name).toSorted());
  expect(report.attempts).toContain(attempt);
  expect(report.states).toEqual(['verified', 'verified', 'verified']);
});
