import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { message, text } from '../harness/messages.js';
import type { Feature } from './feature.js';

/** Bytes: around the limits of inline and data mode (lmqtt.md 5), and none at all. */
const SIZES = [0, 1, 1024, 1460, 8000] as const;

const EXACT: Feature = {
  name: 'payload-bytes',
  title: `payload exact at ${SIZES.join(', ')} bytes`,
  scope: 'client',
  run: async (bench) => {
    const near = await bench.near();
    const far = await bench.far();
    await far.subscribe([{ topic: bench.topic('up'), qos: 1 }]);
    await near.client.subscribe(bench.topic('down'), { qos: 1 });
    for (const size of SIZES) {
      const payload = randomBytes(size);
      await near.client.publish(bench.topic('up'), payload, { qos: 1 });
      assert.equal(
        (await far.inbox.next()).payload.toString('hex'),
        payload.toString('hex'),
        `up, ${size} bytes`,
      );
      await far.publish([message(bench.topic('down'), payload)]);
      assert.equal(
        (await near.inbox.next()).payload.toString('hex'),
        payload.toString('hex'),
        `down, ${size} bytes`,
      );
    }
  },
};

const TOPICS: Feature = {
  name: 'utf8-topics',
  title: 'UTF-8 topics',
  scope: 'client',
  run: async (bench) => {
    const topic = bench.topic('Größe/温度/🌡️ in °C');
    const near = await bench.near();
    const far = await bench.far();
    await far.subscribe([{ topic: `${topic}/up`, qos: 1 }]);
    await near.client.publish(`${topic}/up`, '21,5', { qos: 1 });
    assert.equal(text(await far.inbox.next()), `${topic}/up 21,5`, 'up');
    await near.client.subscribe(`${topic}/+`, { qos: 1 });
    await far.publish([message(`${topic}/down`, '22')]);
    assert.equal(text(await near.inbox.next()), `${topic}/down 22`, 'down');
  },
};

export const PAYLOADS: readonly Feature[] = [EXACT, TOPICS];
