import assert from 'node:assert/strict';
import type { Qos } from '../../../../src/dialects/dialect.js';
import type { Bench, NearMessage } from '../harness/bench.js';
import type { Inbox } from '../harness/inbox.js';
import { message } from '../harness/messages.js';
import { okWith, type Verdict } from '../harness/verdict.js';
import type { Feature } from './feature.js';

const SENT = Array.from({ length: 1000 }, (_, i) => `message ${i}`);
const LAST = 'last';

/** A thousand each way; with QoS 1 a repeat is allowed and counted, otherwise none is. */
export const THOUSAND: readonly Feature[] = ([0, 1, 2] as const).map((qos) => ({
  name: `thousand-qos${qos}`,
  title: `1,000 messages each way, QoS ${qos}`,
  scope: 'client',
  run: (bench) => run(bench, qos),
}));

async function run(bench: Bench, qos: Qos): Promise<Verdict | undefined> {
  if (qos === 2) bench.needsQos2();
  const near = await bench.near();
  const far = await bench.far();
  const up = bench.topic('up');
  await far.subscribe([{ topic: up, qos }]);
  await Promise.all(SENT.map((payload) => near.client.publish(up, payload, { qos })));
  await near.client.publish(up, LAST, { qos });
  const delivered = bench.delivered(qos);
  const repeatsUp = await repeats(far.inbox, delivered, 'up');

  const down = bench.topic('down');
  await near.client.subscribe(down, { qos });
  await far.publish([...SENT, LAST].map((payload) => message(down, payload, { qos })));
  const repeatsDown = await repeats(near.inbox, delivered, 'down');
  if (qos === 2 && delivered < qos) return bench.fineBut('deliversQos2');
  return repeatsUp + repeatsDown > 0 ? okWith(`repeats: ${repeatsUp} up, ${repeatsDown} down`) : undefined;
}

/** Waits for the last one, and for what may come after it. */
async function repeats(inbox: Inbox<NearMessage>, qos: Qos, direction: string): Promise<number> {
  const due = new Set([...SENT, LAST]);
  let arrived = 0;
  while (due.size > 0) {
    const payload = (await inbox.next()).payload.toString();
    arrived += 1;
    due.delete(payload);
    if (payload === LAST && qos !== 1) break;
  }
  assert.equal(due.size, 0, `${direction}: lost ${[...due].slice(0, 5).join(', ')}`);
  const count = arrived - SENT.length - 1;
  if (qos !== 1) assert.equal(count, 0, `${direction}: repeats`);
  return count;
}
