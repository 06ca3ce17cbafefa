import assert from 'node:assert/strict';
import type { Bench } from '../harness/bench.js';
import { message, text } from '../harness/messages.js';
import type { Feature } from './feature.js';

export const RETAINED: Feature = {
  name: 'retained',
  title: 'retained: set, delivered later, cleared',
  scope: 'client',
  run: async (bench) => {
    await up(bench);
    await down(bench);
    return bench.fineBut('retainFlag');
  },
};

/** Whether a broker marks what it kept; all it owes us is to treat us as any client. */
export function marks(bench: Bench): boolean {
  return bench.broker.lacks.retainFlag === undefined;
}

async function up(bench: Bench): Promise<void> {
  const topic = bench.topic('up');
  const near = await bench.near();
  await near.client.publish(topic, 'kept', { qos: 1, retain: true });
  const later = await bench.far();
  await later.subscribe([{ topic, qos: 1 }]);
  assert.deepEqual(await later.inbox.next(), message(topic, 'kept', { retain: marks(bench) }), 'up');
  await later.end();

  await near.client.publish(topic, '', { qos: 1, retain: true });
  const last = await bench.far();
  await last.subscribe([{ topic, qos: 1 }]);
  await near.client.publish(topic, 'fresh', { qos: 1 });
  assert.deepEqual(await last.inbox.next(), message(topic, 'fresh'), 'up, cleared');
}

async function down(bench: Bench): Promise<void> {
  const topic = bench.topic('down');
  const far = await bench.far();
  await far.publish([message(topic, 'kept', { retain: true })]);
  const later = await bench.near();
  await later.client.subscribe(topic, { qos: 1 });
  assert.equal(text(await later.inbox.next()), `${topic} kept`, 'down');

  await far.publish([message(topic, '', { retain: true })]);
  const last = await bench.near();
  await last.client.subscribe(topic, { qos: 1 });
  await far.publish([message(topic, 'fresh')]);
  assert.equal(text(await last.inbox.next()), `${topic} fresh`, 'down, cleared');
}
