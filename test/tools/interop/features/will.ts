import assert from 'node:assert/strict';
import type { Bench } from '../harness/bench.js';
import { message, text } from '../harness/messages.js';
import type { Feature } from './feature.js';
import { marks } from './retained.js';

/** QoS and retain flag of the wills that are tried. */
const WILLS = [
  { qos: 0, retain: false },
  { qos: 1, retain: true },
  { qos: 2, retain: false },
] as const;

export const WILL: Feature = {
  name: 'will',
  title: 'last will after a power cut, not after DISC',
  scope: 'client',
  run: async (bench) => {
    for (const form of WILLS) {
      if (form.qos < 2 || bench.broker.lacks.qos2 === undefined) await powerCut(bench, form);
    }
    await farewell(bench);
    await down(bench);
    return bench.fineBut('retainFlag', 'deliversQos2');
  },
};

async function powerCut(bench: Bench, form: (typeof WILLS)[number]): Promise<void> {
  const topic = bench.topic(`up/${form.qos}`);
  const near = await bench.near({ will: { topic, payload: 'gone', ...form }, reconnectPeriod: 0 });
  const far = await bench.far();
  await far.subscribe([{ topic, qos: form.qos }]);
  near.module.powerOff();
  const qos = bench.delivered(form.qos);
  assert.deepEqual(await far.inbox.next(), message(topic, 'gone', { qos, retain: false }), 'up');

  if (!form.retain) return;
  const later = await bench.far();
  await later.subscribe([{ topic, qos: form.qos }]);
  assert.deepEqual(
    await later.inbox.next(),
    message(topic, 'gone', { ...form, retain: marks(bench) }),
    'up, later',
  );
}

async function farewell(bench: Bench): Promise<void> {
  const topic = bench.topic('farewell');
  const far = await bench.far();
  await far.subscribe([{ topic, qos: 1 }]);
  const near = await bench.near({ will: { topic, payload: 'gone', qos: 1 } });
  await near.client.end();
  const other = await bench.near();
  await other.client.publish(topic, 'next', { qos: 1 });
  assert.equal(text(await far.inbox.next()), `${topic} next`, 'after DISC');
}

async function down(bench: Bench): Promise<void> {
  const topic = bench.topic('down');
  const near = await bench.near();
  await near.client.subscribe(topic, { qos: 1 });
  const far = await bench.far({ will: message(topic, 'gone as well') });
  await far.subscribe([{ topic: bench.topic('other'), qos: 1 }]);
  await far.kill();
  assert.equal(text(await near.inbox.next()), `${topic} gone as well`, 'down');
}
