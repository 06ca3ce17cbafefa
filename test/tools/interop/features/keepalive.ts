import assert from 'node:assert/strict';
import { once } from 'node:events';
import { message } from '../harness/messages.js';
import type { Feature } from './feature.js';

/** s; brokers look at the clock once in a second, or in a few. */
const KEEPALIVE = 2;
const PINGREQ = Buffer.from([0xc0, 0x00]);

const PING: Feature = {
  name: 'pingreq',
  title: 'keepalive: PINGREQ from an idle module',
  scope: 'broker',
  run: async (bench) => {
    const near = await bench.near({ keepalive: KEEPALIVE });
    // Longer than the broker would wait for a module that says nothing.
    const until = performance.now() + 2 * KEEPALIVE * 1000;
    while (performance.now() < until) {
      const [bytes] = await once(near.tap, 'sent');
      assert.deepEqual(bytes, PINGREQ);
    }
    assert.ok(near.client.connected, 'the broker has dropped it');
  },
};

/** MQTT 3.1.1 3.1.2.10: one and a half times the keepalive, then the broker hangs up, and the will is due. */
const DROPPED: Feature = {
  name: 'keepalive-drop',
  title: 'keepalive: a silenced module is dropped after 1.5 times, its will published',
  scope: 'broker',
  run: async (bench) => {
    const topic = bench.topic('will');
    const witness = await bench.witness();
    await witness.subscribe([{ topic, qos: 1 }]);
    const will = { topic, payload: 'silent', qos: 1 } as const;
    const near = await bench.near({ keepalive: KEEPALIVE, will, reconnectPeriod: 0 });
    await near.client.publish(bench.topic('last'), 'word', { qos: 1 });
    near.tap.silence();
    const silentSince = performance.now();
    await once(near.tap, 'dropped');
    const factor = (performance.now() - silentSince) / 1000 / KEEPALIVE;
    assert.deepEqual(await witness.inbox.next(), message(topic, 'silent'));
    assert.ok(factor > 1.4 && factor < 4, `dropped after ${factor.toFixed(1)} times the keepalive`);
  },
};

export const KEEPALIVES: readonly Feature[] = [PING, DROPPED];
