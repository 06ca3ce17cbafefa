import assert from 'node:assert/strict';
import { MqttError } from '../../../../src/errors/kinds.js';
import { NotRun } from '../../shared/not-run.js';
import { ACCOUNT, ADMIN, REFUSED } from '../brokers/broker.js';
import type { Bench, Near, NearOptions } from '../harness/bench.js';
import { message, text } from '../harness/messages.js';
import { notVisible, okWith } from '../harness/verdict.js';
import type { Feature } from './feature.js';

const GUARDED: NearOptions = { door: 'guarded', ...ACCOUNT, reconnectPeriod: 0 };

const ACCEPTED: Feature = {
  name: 'credentials',
  title: 'user name and password',
  scope: 'broker',
  run: async (bench) => {
    const near = await bench.near(GUARDED);
    const witness = await bench.witness(ACCOUNT, 'guarded');
    await bothWays(bench, near, witness);
  },
};

/** CONNACK 4 or 5: MQTT 3.1.1 3.2.2.3; either is a broker's way to say it. */
const REFUSED_CREDENTIALS: Feature = {
  name: 'refused-credentials',
  title: 'refused credentials',
  scope: 'broker',
  run: async (bench) => {
    bench.endpoint('guarded');
    for (const login of [{ password: 'wrong' }, { username: 'nobody' }]) {
      await assert.rejects(bench.witness({ ...ACCOUNT, ...login }, 'guarded'), 'an ordinary client comes in');
      await assert.rejects(bench.near({ ...GUARDED, ...login }), (error: unknown) => {
        assert.ok(error instanceof MqttError, String(error));
        assert.equal(error.code, 'CONNECT_REFUSED');
        return true;
      });
    }
  },
};

/** MQTT 3.1.1 3.3.5.2: a server that refuses either acknowledges, or hangs up. */
const REFUSED_PUBLISH: Feature = {
  name: 'refused-publish',
  title: 'topic rules: refused publish',
  scope: 'broker',
  run: async (bench) => {
    const topic = `${REFUSED}/${bench.prefix}`;
    const admin = await bench.witness(ADMIN, 'guarded');
    await admin.subscribe([{ topic: `${REFUSED}/#`, qos: 1 }]);
    const witness = await bench.witness(ACCOUNT, 'guarded');
    const hungUp = new Promise<'hung up'>((resolve) =>
      witness.client.once('close', () => resolve('hung up')),
    );
    const acknowledged = witness.publish([message(topic, 'x')]).then(() => 'acknowledged' as const);
    const broker = await Promise.race([hungUp, acknowledged.catch(() => hungUp)]);
    const near = await bench.near(GUARDED);
    const published = near.client.publish(topic, 'x', { qos: 1 });
    const outcome = await published.then(
      () => 'acknowledged' as const,
      () => 'hung up' as const,
    );
    assert.equal(outcome, broker, 'what an ordinary client sees');
    await admin.publish([message(topic, 'over')]);
    assert.equal(text(await admin.inbox.next()), `${topic} over`, 'what is refused must not arrive');
    if (broker === 'acknowledged') {
      return notVisible('the broker acknowledges what it refuses (MQTT 3.1.1 knows no other way)');
    }
    assert.equal(near.client.connected, false);
    return okWith('the broker hangs up on a refused publish: the session is lost');
  },
};

/** SUBACK 0x80: MQTT 3.1.1 3.9.3; the module's result of it is an assumption [A] (lmqtt.md 4). */
const REFUSED_SUBSCRIBE: Feature = {
  name: 'refused-subscribe',
  title: 'topic rules: refused subscription',
  scope: 'broker',
  run: async (bench) => {
    const [closed, open] = [`${REFUSED}/${bench.prefix}`, bench.topic('fence')];
    const witness = await bench.witness(ACCOUNT, 'guarded');
    const near = await bench.near(GUARDED);
    const broker = await answerTo(witness, closed);
    const subscribed = near.client.subscribe(closed, { qos: 1 });
    if (broker === 'hangs up' || broker === 'answers wrongly') {
      await assert.rejects(subscribed, { code: 'SESSION_LOST' });
      assert.equal(near.client.connected, false);
      return okWith(`the broker ${WAYS[broker]} a refused subscription: the session is lost`);
    }
    await subscribed;
    await near.client.subscribe(open, { qos: 1 });
    const admin = await bench.witness(ADMIN, 'guarded');
    await admin.publish([message(closed, 'secret')]);
    await admin.publish([message(open, 'over')]);
    assert.equal(text(await near.inbox.next()), `${open} over`, 'what is refused must not come');
    return notVisible(
      broker === 'refuses'
        ? 'SUBACK 0x80 tells an ordinary client; the result of the module says nothing of it [A]'
        : 'the broker grants what it refuses, to any client, and delivers nothing',
    );
  },
};

/** What an ordinary client gets for a filter that is not allowed. */
type Answer = 'grants' | 'refuses' | 'hangs up' | 'answers wrongly';

const WAYS = { 'hangs up': 'hangs up on', 'answers wrongly': 'gives a code of MQTT 5 to' } as const;

function answerTo({ client }: Awaited<ReturnType<Bench['witness']>>, topic: string): Promise<Answer> {
  return new Promise((resolve) => {
    client.once('close', () => resolve('hangs up'));
    // Of its parser: MQTT 3.1.1 has no such code.
    client.once('error', () => resolve('answers wrongly'));
    client.subscribe(topic, { qos: 1 }, (error) => {
      if (client.connected) resolve(error === null ? 'grants' : 'refuses');
    });
  });
}

const GRANTED: Feature = {
  name: 'granted-qos',
  title: 'granted QoS below the one asked for',
  scope: 'broker',
  run: async (bench) => {
    const topic = bench.topic('down');
    const witness = await bench.witness(ACCOUNT, 'guarded');
    const [granted] = await witness.client.subscribeAsync(topic, { qos: 2 });
    if (granted?.qos === 2) throw new NotRun('the broker grants what it is asked for');
    assert.equal(granted?.qos, 1, 'granted to an ordinary client');
    const near = await bench.near(GUARDED);
    assert.equal(await near.client.subscribe(topic, { qos: 2 }), undefined);
    await witness.publish([message(topic, 'with less')]);
    assert.equal(text(await near.inbox.next()), `${topic} with less`);
    return notVisible('the result of SUBSCRIBE does not tell the granted QoS');
  },
};

const RETAIN_FLAG: Feature = {
  name: 'retain-flag',
  title: 'retain flag and QoS of a downlink',
  scope: 'broker',
  run: async (bench) => {
    const topic = bench.topic('kept');
    const witness = await bench.witness();
    await witness.publish([message(topic, 'kept', { retain: true })]);
    const near = await bench.near();
    const packets = near.client.messages();
    await near.client.subscribe(topic, { qos: 1 });
    const { value: packet } = await packets.next();
    assert.deepEqual(Object.keys(packet ?? {}).sort(), ['cmd', 'messageId', 'payload', 'topic']);
    return notVisible('RECV carries neither retain flag nor QoS nor DUP');
  },
};

export async function bothWays(
  bench: Bench,
  near: Near,
  witness: Awaited<ReturnType<Bench['witness']>>,
): Promise<void> {
  const [up, down] = [bench.topic('up'), bench.topic('down')];
  await witness.subscribe([{ topic: up, qos: 1 }]);
  await near.client.publish(up, 'hello', { qos: 1 });
  assert.equal(text(await witness.inbox.next()), `${up} hello`, 'up');
  await near.client.subscribe(down, { qos: 1 });
  await witness.publish([message(down, 'hello')]);
  assert.equal(text(await near.inbox.next()), `${down} hello`, 'down');
}

export const ACCOUNTS: readonly Feature[] = [
  ACCEPTED,
  REFUSED_CREDENTIALS,
  REFUSED_PUBLISH,
  REFUSED_SUBSCRIBE,
  GRANTED,
  RETAIN_FLAG,
];
