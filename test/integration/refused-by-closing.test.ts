import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.js';
import type { PublishOptions } from '../../src/client/client-types.js';
import { connect } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/options.js';
import { OutboxFile } from '../../src/client/outbox/outbox-file.js';
import type { Degradation } from '../../src/dialects/dialect.js';
import { startBroker } from '../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasMosquitto, startMosquitto } from '../helpers/mosquitto.js';

/** Undone in the opposite order. */
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

/** A module and a client on a broker, and all that another client receives on `up/#`. */
async function start(url: string, options: Partial<ConnectOptions> = {}) {
  const module = await SimulatedModem.start({ broker: url, latency: { roundTrip: 5 } });
  undo.push(() => module.close());
  const lines: string[] = [];
  module.on('command', (line) => lines.push(line));
  const client = await connect(module.url, {
    broker: 'mqtt://broker.example',
    clientId: 'meter-7',
    reconnectPeriod: 10,
    maxReconnectPeriod: 50,
    registrationTimeout: 0,
    recovery: { climbAfter: 0 },
    ...options,
  });
  undo.push(() => client.end({ force: true }));
  const other = await mqtt.connectAsync(url);
  undo.push(() => other.endAsync(true));
  const received: string[] = [];
  other.on('message', (_topic, payload) => received.push(payload.toString()));
  await other.subscribeAsync('up/#', { qos: 2 });
  const sentences: string[] = [];
  client.on('recovery', ({ sentence }) => sentences.push(sentence));
  return { module, client, lines, received, sentences };
}

async function mosquitto(config: string): Promise<string> {
  const broker = await startMosquitto({ config });
  undo.push(() => broker.stop());
  return broker.url;
}

/** What becomes of each message: `ok`, or the code of the error. */
function publishAll(
  client: Client,
  messages: readonly (readonly [text: string, options?: PublishOptions, topic?: string])[],
): Promise<string[]> {
  const settled = messages.map(async ([text, options, topic = 'up/7']) => {
    try {
      await client.publish(topic, text, { qos: 1, ...options });
      return 'ok';
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  return Promise.all(settled);
}

/** Resolves when the client tells this of a loss. */
function untilSentence(client: Client, wanted: RegExp): Promise<void> {
  return new Promise((resolve) => {
    client.on('recovery', ({ sentence }) => {
      if (wanted.test(sentence)) resolve();
    });
  });
}

const RETAINED = { retain: true };

/** Each once, in the order of the first arrival. */
const firsts = (texts: readonly string[]) => [...new Set(texts)];

describe.skipIf(!hasMosquitto)('a message that Mosquitto refuses by closing the connection', () => {
  it.each<[string, string, PublishOptions, number, RegExp]>([
    ['retain_available false', 'is retained', RETAINED, 3, /retained messages, QoS 1 or 3 bytes/],
    ['max_qos 1', 'has QoS 2', { qos: 2 }, 3, /the topic from this client, QoS 2 or 3 bytes/],
    ['max_packet_size 100', 'is too large', {}, 200, /the topic from this client, QoS 1 or 200 bytes/],
  ])(
    'with "%s", as it %s, is given up; all others are delivered',
    async (config, _why, options, size, cause) => {
      const { client, lines, received, sentences } = await start(await mosquitto(config));
      const bad = 'bad'.padEnd(size, '.');
      const undelivered: string[] = [];
      client.on('undelivered', ({ payload }, { message }) => undelivered.push(`${payload}: ${message}`));
      const good = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];
      const [one, two, three, ...rest] = good.map((text) => [text] as const);
      if (!one || !two || !three) throw new Error('too few');
      const ends = await publishAll(client, [one, two, three, [bad, options], ...rest]);
      expect(ends).toEqual(['ok', 'ok', 'ok', 'PUBLISH_REFUSED', ...Array(9).fill('ok')]);
      expect(firsts(received)).toEqual(good);
      expect(undelivered).toHaveLength(1);
      expect(undelivered[0]).toMatch(
        /^bad\.*: publish to "up\/7": the broker closed the connection each time this message was sent, 5 times in a row; perhaps it does not accept /,
      );
      expect(undelivered[0]).toMatch(cause);
      expect(lines.filter((line) => line.includes('CFUN'))).toEqual([]);
      expect(sentences.filter((sentence) => sentence.includes('another client'))).toEqual([]);
      expect(sentences.at(-1)).toContain('Only the message to "up/7" was under way');
      expect(client.stats()).toMatchObject({ failed: 1, outbox: 0 });
      await client.publish('up/7', 'after', { qos: 1 });
    },
  );

  it('with QoS 0 among good ones makes nobody else pay for it', async () => {
    const { client, received } = await start(await mosquitto('retain_available false'));
    const messages = Array.from({ length: 12 }, (_, index): readonly [string, PublishOptions] => {
      const bad = index % 4 === 1;
      return [`${index}`, bad ? { qos: 0, retain: true } : { qos: 1 }];
    });
    const ends = await publishAll(client, messages);
    const good = messages.filter((_one, index) => index % 4 !== 1).map(([text]) => text);
    // One with QoS 0 is over when it is sent, or lost with its session.
    expect(ends.filter((_end, index) => index % 4 !== 1)).toEqual(Array(9).fill('ok'));
    expect(ends).not.toContain('PUBLISH_REFUSED');
    expect(firsts(received)).toEqual(good);
  });

  it('is set aside in the file, which says why, and several are, one after the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    undo.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'outbox.db');
    const url = await mosquitto('retain_available false');
    const { client, received } = await start(url, { outbox: { file, maxAttempts: 3 } });
    const ends = await publishAll(client, [['1'], ['bad 1', RETAINED], ['2'], ['bad 2', RETAINED], ['3']]);
    expect(ends).toEqual(['ok', 'PUBLISH_REFUSED', 'ok', 'PUBLISH_REFUSED', 'ok']);
    expect(firsts(received)).toEqual(['1', '2', '3']);
    await client.end();
    const opened = await OutboxFile.open(file);
    const kept = opened.load().messages.map(({ message, attempts, failure }) => {
      return `${message.payload} ${attempts} ${failure}`;
    });
    opened.close();
    expect(kept).toHaveLength(2);
    for (const [index, text] of kept.entries()) {
      expect(text).toMatch(
        new RegExp(
          `^bad ${index + 1} 3 publish to "up/7": the broker closed the connection .* 3 times in a row`,
        ),
      );
    }
  });

  it('keeps its count over a restart of the program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    undo.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'outbox.db');
    const url = await mosquitto('retain_available false');
    const first = await start(url, { outbox: { file } });
    const ended = publishAll(first.client, [['bad', RETAINED], ['good']]);
    await untilSentence(first.client, /2 times in a row/);
    await first.client.end({ force: true });
    expect(await ended).toEqual(['CLOSED', 'CLOSED']);
    const second = await start(url, { outbox: { file } });
    const undelivered = new Promise<string>((resolve) =>
      second.client.once('undelivered', (_message, { message }) => resolve(message)),
    );
    expect(await undelivered).toContain(', 3 times in a row;');
    await second.client.drained();
    expect(firsts([...first.received, ...second.received])).toEqual(['good']);
  });

  it.each<[string, (client: Client) => Promise<string>]>([
    [
      'its time to live is over',
      async (client) => {
        const [end] = await publishAll(client, [['bad', { ...RETAINED, timeToLive: 1000 }]]);
        return String(end);
      },
    ],
    [
      'its caller gives it up',
      async (client) => {
        const abort = new AbortController();
        const ended = publishAll(client, [['bad', { ...RETAINED, signal: abort.signal }]]);
        await untilSentence(client, /because of it \(once\)/);
        abort.abort();
        return String((await ended)[0]);
      },
    ],
  ])('is not waited for when %s', async (why, end) => {
    const { client, received } = await start(await mosquitto('retain_available false'));
    const bad = end(client);
    const good = publishAll(client, [['1'], ['2']]);
    expect(await bad).toBe(why.startsWith('its time') ? 'EXPIRED' : 'ABORTED');
    expect(await good).toEqual(['ok', 'ok']);
    expect(firsts(received)).toEqual(['1', '2']);
  });

  it('gives way to later messages like any other', async () => {
    const { client, received } = await start(await mosquitto('retain_available false'), {
      outbox: { maxMessages: 3, policy: 'drop-oldest' },
    });
    const first = publishAll(client, [['bad', RETAINED], ['1']]);
    await untilSentence(client, /one at a time now/);
    // What was under way waits again a turn later.
    await new Promise(setImmediate);
    const then = publishAll(client, [['2'], ['3'], ['4']]);
    expect(await first).toEqual(['QUEUE_FULL', 'QUEUE_FULL']);
    expect(await then).toEqual(['ok', 'ok', 'ok']);
    expect(firsts(received)).toEqual(['2', '3', '4']);
  });

  it('does not keep the client from ending', async () => {
    const { client } = await start(await mosquitto('retain_available false'), { reconnectPeriod: 1 });
    const ends = publishAll(client, [['bad', RETAINED], ['1'], ['2', { qos: 0 }]]);
    await untilSentence(client, /one at a time now/);
    await new Promise<void>((resolve) => client.once('connect', resolve));
    // The session has been left alone for some ms of its control.
    await client.end({ timeout: 1 });
    for (const end of await ends) expect(['CLOSED', 'SESSION_LOST', 'ok']).toContain(end);
    expect((await ends)[0]).toBe('CLOSED');
  });
});

describe('a message for $SYS, which Aedes refuses by closing the connection', () => {
  it('is given up; all others are delivered', async () => {
    const broker = await startBroker();
    undo.push(() => broker.close());
    const { client, received } = await start(broker.url);
    const ends = await publishAll(client, [['1'], ['2'], ['bad', {}, '$SYS/broker/up'], ['3'], ['4']]);
    expect(ends).toEqual(['ok', 'ok', 'PUBLISH_REFUSED', 'ok', 'ok']);
    expect(firsts(received)).toEqual(['1', '2', '3', '4']);
  });
});

describe('sessions that are closed for another reason', () => {
  it('make no message suspect for long, whatever is under way', async () => {
    const broker = await startBroker();
    undo.push(() => broker.close());
    const { module, client, received } = await start(broker.url);
    let drops = 0;
    const drop = () => {
      drops += 1;
      if (drops <= 4) setImmediate(() => module.dropBroker());
    };
    // With messages under way twice, then as soon as the session is up.
    module.on('published', () => {
      if (drops < 2) drop();
    });
    client.on('connect', () => {
      if (drops >= 2) drop();
    });
    const sent = Array.from({ length: 20 }, (_, index) => String(index));
    const ends = await publishAll(
      client,
      sent.map((text) => [text] as const),
    );
    expect(ends).toEqual(sent.map(() => 'ok'));
    expect(firsts(received)).toEqual(sent);
    expect(drops).toBeGreaterThanOrEqual(4);
  });
});

describe('a subscription that the broker does not allow any more, and refuses by closing the connection', () => {
  it('is restored no more, as `degraded` tells; all others are', async () => {
    const forbidden = new Set<string>();
    const broker = await startBroker({
      authorizeSubscribe: (_client, subscription, callback) => {
        if (forbidden.has(subscription.topic)) callback(new Error('not allowed'), null);
        else callback(null, subscription);
      },
    });
    undo.push(() => broker.close());
    const { module, client, lines, sentences } = await start(broker.url);
    await client.subscribe(['down/1', 'down/2', 'down/3']);
    const told: Degradation[] = [];
    client.on('degraded', (degradation) => told.push(degradation));
    forbidden.add('down/2');
    const back = new Promise<void>((resolve) => client.once('connect', resolve));
    module.dropBroker();
    await back;
    expect(told).toEqual([
      {
        setting: 'subscription to "down/2"',
        consequence:
          'it is not restored any more: the broker closed the connection each time it was subscribed, 3 times in a row',
        refusedBy: 'broker',
      },
    ]);
    expect(lines.filter((line) => line.includes('CFUN'))).toEqual([]);
    expect(sentences.at(-1)).toContain('While subscribing again: session lost');
    const arrived = new Promise<string[]>((resolve) => {
      const topics: string[] = [];
      client.on('message', (topic) => {
        topics.push(topic);
        if (topics.length === 2) resolve(topics);
      });
    });
    const other = await mqtt.connectAsync(broker.url);
    undo.push(() => other.endAsync(true));
    for (const topic of ['down/1', 'down/2', 'down/3']) await other.publishAsync(topic, 'x', { qos: 1 });
    expect(await arrived).toEqual(['down/1', 'down/3']);
  });
});
