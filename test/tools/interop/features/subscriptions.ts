import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Bench } from '../harness/bench.js';
import { message, text } from '../harness/messages.js';
import type { Feature } from './feature.js';

/** `+` is one level, `#` is all below and the level itself: MQTT 3.1.1 4.7.1. */
const WILDCARDS: Feature = {
  name: 'wildcards',
  title: 'wildcards + and #',
  scope: 'client',
  run: async (bench) => {
    const filters = [bench.topic('+/a'), bench.topic('deep/#')];
    const sent = ['x/a', 'x/b', 'x/a/c', 'deep/1/2', 'deep', 'deeper', 'y/a'].map((rest) =>
      bench.topic(rest),
    );
    const due = ['x/a', 'deep/1/2', 'deep', 'y/a'].map((rest) => bench.topic(rest));
    const near = await bench.near();
    const far = await bench.far();
    await near.client.subscribe(filters, { qos: 1 });
    for (const topic of sent) await far.publish([message(topic, 'down')]);
    const down = await near.inbox.take(due.length);
    assert.deepEqual(
      down.map(({ topic }) => topic),
      due,
      'down',
    );

    await near.client.unsubscribe(filters);
    await far.subscribe(filters.map((topic) => ({ topic, qos: 1 })));
    for (const topic of sent) await near.client.publish(topic, 'up', { qos: 1 });
    const up = await far.inbox.take(due.length);
    assert.deepEqual(
      up.map(({ topic }) => topic),
      due,
      'up',
    );
  },
};

const SEVERAL: Feature = {
  name: 'several-topics',
  title: 'several topics in one subscribe',
  scope: 'client',
  run: async (bench) => {
    const topics = ['a', 'b', 'c'].map((rest) => bench.topic(rest));
    const near = await bench.near();
    const [command] = await Promise.all([
      once(near.module, 'command') as Promise<[string]>,
      near.client.subscribe(Object.fromEntries(topics.map((topic, i) => [topic, { qos: QOS_OF[i] ?? 0 }]))),
    ]);
    for (const topic of topics)
      assert.ok(command[0].includes(`"${topic}"`), `${topic} is not in ${command[0]}`);
    const far = await bench.far();
    for (const topic of topics) await far.publish([message(topic, 'down')]);
    const arrived = await near.inbox.take(3);
    assert.deepEqual(arrived.map(({ topic }) => topic).sort(), topics, 'down');
    await upToEach(bench, near, far);
  },
};

const QOS_OF = [0, 1, 2] as const;

async function upToEach(
  bench: Bench,
  near: Awaited<ReturnType<Bench['near']>>,
  far: Awaited<ReturnType<Bench['far']>>,
): Promise<void> {
  const topics = ['d', 'e', 'f'].map((rest) => bench.topic(rest));
  await far.subscribe(topics.map((topic) => ({ topic, qos: 1 })));
  for (const topic of topics) await near.client.publish(topic, 'up', { qos: 1 });
  const arrived = await far.inbox.take(3);
  assert.deepEqual(
    arrived.map(({ topic }) => topic),
    topics,
    'up',
  );
}

const UNSUBSCRIBE: Feature = {
  name: 'unsubscribe',
  title: 'unsubscribe',
  scope: 'client',
  run: async (bench) => {
    const [gone, kept] = [bench.topic('gone'), bench.topic('kept')];
    const near = await bench.near();
    const far = await bench.far();
    await near.client.subscribe([gone, kept], { qos: 1 });
    await far.publish([message(gone, 'first')]);
    assert.equal(text(await near.inbox.next()), `${gone} first`, 'before');
    await near.client.unsubscribe(gone);
    await far.publish([message(gone, 'second')]);
    await far.publish([message(kept, 'third')]);
    assert.equal(text(await near.inbox.next()), `${kept} third`, 'after');
  },
};

/** Brokers with bridges and clusters take topics with this prefix as local; the module must not know. */
const LOCAL: Feature = {
  name: 'local-prefix',
  title: '`$local/` passed through untouched',
  scope: 'client',
  run: async (bench) => {
    bench.needs('dollarTopics');
    const topic = `$local/${bench.prefix}`;
    const near = await bench.near();
    const far = await bench.far();
    await far.subscribe([{ topic: `${topic}/up`, qos: 1 }]);
    await near.client.publish(`${topic}/up`, 'local', { qos: 1 });
    assert.equal(text(await far.inbox.next()), `${topic}/up local`, 'up');
    await near.client.subscribe(`${topic}/#`, { qos: 1 });
    await far.publish([message(`${topic}/down`, 'local')]);
    assert.equal(text(await near.inbox.next()), `${topic}/down local`, 'down');
  },
};

export const SUBSCRIPTIONS: readonly Feature[] = [WILDCARDS, SEVERAL, UNSUBSCRIBE, LOCAL];
