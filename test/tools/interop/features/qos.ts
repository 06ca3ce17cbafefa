import assert from 'node:assert/strict';
import type { Qos } from '../../../../src/dialects/dialect.js';
import type { Bench } from '../harness/bench.js';
import { message } from '../harness/messages.js';
import type { Verdict } from '../harness/verdict.js';
import type { Feature } from './feature.js';

/** One message each way with each QoS; the far side sees with which QoS ours came. */
export const QOS: readonly Feature[] = ([0, 1, 2] as const).map((qos) => ({
  name: `qos${qos}`,
  title: `QoS ${qos}`,
  scope: 'client',
  run: (bench) => run(bench, qos),
}));

async function run(bench: Bench, qos: Qos): Promise<Verdict | undefined> {
  if (qos === 2) bench.needsQos2();
  const near = await bench.near();
  const far = await bench.far();
  await far.subscribe([{ topic: bench.topic('up'), qos }]);
  await near.client.publish(bench.topic('up'), 'from the module', { qos });
  assert.deepEqual(
    await far.inbox.next(),
    message(bench.topic('up'), 'from the module', { qos: bench.delivered(qos) }),
    'up',
  );

  await near.client.subscribe(bench.topic('down'), { qos });
  await far.publish([message(bench.topic('down'), 'to the module', { qos })]);
  const { topic, payload } = await near.inbox.next();
  assert.deepEqual([topic, payload.toString()], [bench.topic('down'), 'to the module'], 'down');
  return qos === 2 ? bench.fineBut('deliversQos2') : undefined;
}
