import assert from 'node:assert/strict';
import { NotRun } from '../../shared/not-run.js';
import type { Bench } from '../harness/bench.js';
import type { Inbox } from '../harness/inbox.js';
import { message } from '../harness/messages.js';
import type { Feature } from './feature.js';

const MESSAGES = Array.from({ length: 300 }, (_, i) => `job ${i}`);

/** Two modules and one ordinary client in a group share what is published; nothing comes twice. */
export const SHARED: readonly Feature[] = [
  {
    name: 'shared-share',
    title: 'shared `$share/group/topic`: 2 modules, 1 client, 300 messages',
    prefix: '$share/crew/',
  },
  {
    name: 'shared-queue',
    title: 'shared `$queue/topic`: 2 modules, 1 client, 300 messages',
    prefix: '$queue/',
  },
].map(({ prefix, ...names }) => ({ ...names, scope: 'client', run: (bench) => run(bench, prefix) }));

async function run(bench: Bench, prefix: string): Promise<undefined> {
  const shares = await brokerShares(bench, prefix);
  if (shares !== true) throw new NotRun(shares);
  const topic = bench.topic('jobs');
  const filter = `${prefix}${topic}`;
  const [first, second, far] = [await bench.near(), await bench.near(), await bench.far()];
  await first.client.subscribe(filter, { qos: 1 });
  await second.client.subscribe(filter, { qos: 1 });
  await far.subscribe([{ topic: filter, qos: 1 }]);
  const publisher = await bench.witness();
  await publisher.publish(MESSAGES.map((payload) => message(topic, payload)));
  const inboxes = [first.inbox, second.inbox, far.inbox];
  await untilTotal(inboxes, MESSAGES.length);
  const payloads = inboxes.flatMap((inbox) => inbox.all.map(({ payload }) => payload.toString()));
  assert.deepEqual(payloads.sort(), [...MESSAGES].sort());
  for (const inbox of inboxes) assert.ok(inbox.all.length > 0, 'one of the three got nothing');
}

async function untilTotal(inboxes: readonly Inbox<unknown>[], count: number): Promise<void> {
  while (inboxes.reduce((sum, { all }) => sum + all.length, 0) < count) {
    await Promise.race(inboxes.map((inbox) => inbox.changed()));
  }
}

/** Whether two ordinary clients in a group get each message once between them, or else what becomes of them. */
async function brokerShares(bench: Bench, prefix: string): Promise<true | string> {
  const topic = bench.topic('probe');
  const fence = bench.topic('fence');
  const pair = [await bench.witness(), await bench.witness()];
  for (const one of pair) {
    // A broker that takes the filter for an ordinary topic, or refuses it, has none.
    await one.subscribe([{ topic: `${prefix}${topic}`, qos: 1 }]).catch(() => {});
    if (!one.client.connected) return 'the broker hangs up on such a filter, whatever the client';
    await one.subscribe([{ topic: fence, qos: 1 }]);
  }
  const publisher = await bench.witness();
  await publisher.publish(Array.from({ length: 10 }, (_, i) => message(topic, String(i))));
  await publisher.publish([message(fence, 'over')]);
  for (const { inbox } of pair) while (!inbox.all.some((one) => one.topic === fence)) await inbox.changed();
  const count = pair.reduce((sum, { inbox }) => sum + inbox.all.length, 0);
  return count === 12 || 'the broker does not share it among ordinary clients either';
}
