import type { Client } from '../../../src/client/client.js';
import { delay } from '../../../src/util/delay.js';
import { faultPlan } from './fault-plan.js';
import { FaultWatch } from './fault-watch.js';
import type { SoakPlan } from './plan.js';
import { RecoveryWatch } from './recovery-watch.js';
import { type SoakReport, summarise } from './report.js';
import { missing } from './verdict.js';
import { canCollect, growth, heapUsed, leaked, listeners, ProcessWatch } from './vitals.js';
import { build, tearDown, type World } from './world.js';

/** Times that the heap is measured. */
const SAMPLES = 60;

/** Messages without an answer at which a sender holds back: less than the outbox takes. */
const MAX_PENDING = 500;

/**
 * Bytes by which the heap may grow. Compiled code and caches grow for the first hours, by about 1 MiB; what grows with
 * the messages would be far above this in a day.
 */
const GROWTH_LIMIT = 2 * 1024 * 1024;

/** Sends messages in both directions while faults happen, and says afterwards what became of every one. */
export async function soak(plan: SoakPlan, timers: () => number): Promise<SoakReport> {
  const processWatch = new ProcessWatch();
  const timersBefore = timers();
  const world = await build(plan);
  const recovery = new RecoveryWatch(world.client);
  const faults = new FaultWatch(world.modem);
  const before = emitters(world.client);
  const started = performance.now();
  const heap = await load(world, plan);
  const settled = await settle(world, plan);
  const leaks = leaked(before, emitters(world.client));
  const { lost, violations } = missing(world, faults);
  const { retried } = world.client.stats();
  await tearDown(world);
  const timersLeft = timers() - timersBefore;
  return summarise({
    plan,
    elapsed: performance.now() - started,
    world,
    recovery,
    faults,
    lost,
    retried,
    heap,
    violations: [
      ...(settled
        ? []
        : [`${world.client.stats().outbox} messages did not arrive within ${plan.settleWithin} ms`]),
      ...violations,
      ...leaks,
      ...processWatch.end(),
      ...(world.up.pending > 0 ? [`${world.up.pending} promises never settled`] : []),
      ...(timersLeft > 0 ? [`${timersLeft} timers are left`] : []),
      ...(canCollect && growth(heap) > GROWTH_LIMIT ? [`the heap has grown by ${growth(heap)} bytes`] : []),
    ],
  });
}

/** Sends and breaks things for the duration; the heap in the course of it. */
async function load({ modem, up, down }: World, plan: SoakPlan): Promise<number[]> {
  const heap = [heapUsed()];
  for (const fault of faultPlan({ seed: plan.seed, every: plan.faultEvery, longest: plan.longestFault })) {
    modem.faults.on(fault);
  }
  const sending = setInterval(() => {
    if (up.pending < MAX_PENDING) up.send();
    down.send();
  }, plan.messageEvery);
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await delay(plan.duration / SAMPLES);
    heap.push(heapUsed());
  }
  clearInterval(sending);
  modem.faults.clear();
  return heap;
}

/** Waits until a session is up and nothing is on its way any more; false if that takes too long. */
async function settle(
  { client, up, down }: World,
  { settleWithin, messageEvery }: SoakPlan,
): Promise<boolean> {
  const end = performance.now() + settleWithin;
  let quiet = 0;
  let arrived = -1;
  while (performance.now() < end) {
    const now = [...up.ledgers, ...down.ledgers].reduce((sum, { counts }) => sum + counts.arrived, 0);
    quiet = client.connected && up.pending === 0 && now === arrived ? quiet + 1 : 0;
    arrived = now;
    // Some ten results long nothing came: what is missing now will not come.
    if (quiet >= 10) return true;
    await delay(Math.max(messageEvery, 200));
  }
  return false;
}

function emitters(client: Client): Record<string, number> {
  return listeners({ client, modem: client.modem, process });
}
