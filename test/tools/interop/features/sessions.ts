import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Qos } from '../../../../src/dialects/dialect.js';
import type { Bench } from '../harness/bench.js';
import { message, text } from '../harness/messages.js';
import type { Feature } from './feature.js';

const CLEAN: Feature = {
  name: 'clean-session',
  title: 'clean session: nothing is kept',
  scope: 'client',
  run: async (bench) => {
    const clientId = bench.id('clean');
    const topic = bench.topic('down');
    const far = await bench.far();
    const first = await bench.near({ clientId, clean: true });
    await first.client.subscribe(topic, { qos: 1 });
    await first.client.end();
    await far.publish([message(topic, 'missed')]);
    const second = await bench.near({ clientId, clean: true });
    await far.publish([message(topic, 'not subscribed')]);
    await second.client.subscribe(topic, { qos: 1 });
    await far.publish([message(topic, 'heard')]);
    assert.equal(text(await second.inbox.next()), `${topic} heard`);
  },
};

/** Messages that wait for the one who is away. */
const WAITING = Array.from({ length: 20 }, (_, i) => `waiting ${i}`);

const KEPT: readonly Feature[] = ([1, 2] as const).map((qos) => ({
  name: `kept-session-${qos}`,
  title: `kept session, QoS ${qos}: what was missed comes in order`,
  scope: 'client',
  run: async (bench) => {
    if (qos === 2) {
      bench.needsQos2();
      bench.needs('keptQos2');
    }
    await moduleAway(bench, qos);
    await farAway(bench, qos);
    return bench.fineBut('keptOrder', ...(qos === 2 ? (['deliversQos2'] as const) : []));
  },
}));

/** All of them, and in order if the broker keeps it. */
function checkWaiting(bench: Bench, arrived: readonly { payload: Buffer }[], direction: string): void {
  const payloads = arrived.map(({ payload }) => payload.toString());
  if (bench.broker.lacks.keptOrder === undefined) assert.deepEqual(payloads, WAITING, direction);
  else assert.deepEqual(payloads.sort(), [...WAITING].sort(), direction);
}

async function moduleAway(bench: Bench, qos: Qos): Promise<void> {
  const clientId = bench.id('kept');
  const topic = bench.topic('down');
  const far = await bench.far();
  const first = await bench.near({ clientId, clean: false });
  await first.client.subscribe(topic, { qos });
  await first.client.end();
  await far.publish(WAITING.map((payload) => message(topic, payload, { qos })));
  const second = await bench.near({ clientId, clean: false });
  const arrived = await second.inbox.take(WAITING.length);
  checkWaiting(bench, arrived, 'down');
}

async function farAway(bench: Bench, qos: Qos): Promise<void> {
  const options = { clientId: bench.id('away'), clean: false };
  const topic = bench.topic('up');
  const first = await bench.far(options);
  await first.subscribe([{ topic, qos }]);
  await first.end();
  const near = await bench.near();
  await Promise.all(WAITING.map((payload) => near.client.publish(topic, payload, { qos })));
  const second = await bench.far(options);
  await second.subscribe([{ topic, qos }]);
  const arrived = await second.inbox.take(WAITING.length);
  checkWaiting(bench, arrived, 'up');
}

/** MQTT 3.1.1 3.1.4: the server must disconnect the one that is there. */
const TAKEOVER: Feature = {
  name: 'takeover',
  title: 'client id taken over by another client',
  scope: 'client',
  run: async (bench) => {
    const clientId = bench.id('twin');
    const topic = bench.topic('down');
    const near = await bench.near({ clientId, reconnectPeriod: 0 });
    const lost = once(near.client, 'offline');
    const twin = await bench.far({ clientId });
    await twin.subscribe([{ topic, qos: 1 }]);
    await lost;
    const other = await bench.near();
    await other.client.publish(topic, 'for the twin', { qos: 1 });
    assert.equal(text(await twin.inbox.next()), `${topic} for the twin`);
  },
};

/** How CONNECT names the protocol: MQTT 3.1 3.1, MQTT 3.1.1 3.1.2.1. */
const PROTOCOL_NAMES = { 3: Buffer.from('\0\x06MQIsdp\x03'), 4: Buffer.from('\0\x04MQTT\x04') } as const;

const VERSIONS: readonly Feature[] = ([3, 4] as const).map((protocolVersion) => ({
  name: `mqtt-${protocolVersion === 3 ? '3.1' : '3.1.1'}`,
  title: `MQTT ${protocolVersion === 3 ? '3.1' : '3.1.1'} on both sides`,
  scope: 'client',
  run: async (bench) => {
    if (protocolVersion === 3) bench.needs('mqtt31');
    const near = await bench.near({ protocolVersion, clientId: bench.id('near') });
    assert.ok(
      near.tap.first?.includes(PROTOCOL_NAMES[protocolVersion]),
      `CONNECT is ${near.tap.first?.toString('hex')}`,
    );
    const far = await bench.far({ protocolVersion, clientId: bench.id('far') });
    await far.subscribe([{ topic: bench.topic('up'), qos: 1 }]);
    await near.client.publish(bench.topic('up'), 'old', { qos: 1 });
    assert.equal(text(await far.inbox.next()), `${bench.topic('up')} old`, 'up');
    await near.client.subscribe(bench.topic('down'), { qos: 1 });
    await far.publish([message(bench.topic('down'), 'old')]);
    assert.equal(text(await near.inbox.next()), `${bench.topic('down')} old`, 'down');
  },
}));

export const SESSIONS: readonly Feature[] = [CLEAN, ...KEPT, TAKEOVER, ...VERSIONS];
