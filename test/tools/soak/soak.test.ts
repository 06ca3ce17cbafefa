import { afterEach, beforeEach, expect, it } from 'vitest';
import { VirtualClock } from '../shared/virtual-clock.js';
import { faultPlan } from './fault-plan.js';
import { hours } from './plan.js';

const SEED = 7;

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock();
  clock.install();
});
afterEach(() => clock.uninstall());

it(`an hour with faults, in virtual time, seed ${SEED}: nothing accepted is lost, nothing leaks`, async () => {
  // Everything must find the virtual clock.
  const { soak } = await import('./soak.js');
  const report = await clock.run(soak({ ...hours(1, SEED), faultEvery: 60_000 }, () => clock.pending));
  expect(report.violations).toEqual([]);
  expect(report.faults).toBeGreaterThan(20);
  expect(report.outages).toBeGreaterThan(5);
  const { up, down } = report;
  expect(up.sent).toBeGreaterThan(700);
  expect(up.arrived + sum(up.lostOnTheWire)).toBe(up.sent);
  expect(down.sent).toBeGreaterThan(700);
  expect(down.arrived + sum(down.lostOnTheWire)).toBe(down.sent);
}, 60_000);

it('the schedule of faults follows from the seed', () => {
  const options = { every: 1_000, longest: 500 };
  expect(faultPlan({ seed: 1, ...options })).toEqual(faultPlan({ seed: 1, ...options }));
  expect(faultPlan({ seed: 2, ...options })).not.toEqual(faultPlan({ seed: 1, ...options }));
  expect(faultPlan({ seed: 1, ...options })[0]).toMatch(/^reboot%\d{5}ms$/);
});

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
