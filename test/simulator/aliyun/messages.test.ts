import type { MqttClient } from 'mqtt';
import { describe, expect, test } from 'vitest';
import type { TimeResponse } from '../../../src/cloud/aliyun/wire/topics.js';
import type { AliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import { nextMessage, useFixture } from '../fixture.js';
import { closed, device, diaryOf, loginOptions, next, OTHER, OWN, startCloud } from './cloud-fixture.js';

const fixture = useFixture();

async function online(): Promise<{ cloud: AliyunCloud; client: MqttClient }> {
  const cloud = await startCloud(fixture());
  return { cloud, client: await device(fixture(), cloud) };
}

/** Return codes of a SUBACK. */
async function granted(client: MqttClient, topic: string | string[], qos: 0 | 1 | 2 = 1): Promise<unknown> {
  const suback = new Promise<unknown>((resolve) => {
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'suback') resolve(packet.granted);
    });
  });
  await client.subscribeAsync(topic, { qos }).catch(() => {});
  return suback;
}

/** What a device hears until a message that it is sent behind all others. */
async function heardBy(client: MqttClient, cloud: AliyunCloud): Promise<string[]> {
  const heard: string[] = [];
  const done = new Promise<void>((resolve) => {
    client.on('message', (topic, payload) => {
      if (topic.endsWith('/end')) resolve();
      else heard.push(`${topic} ${payload}`);
    });
  });
  await cloud.publish(`${OWN}/end`, '', 1);
  await done;
  return heard;
}

describe('a device may subscribe', () => {
  test.each([
    `${OWN}/get`,
    `${OWN}/#`,
    '/a1X2bEnP82z/example1/+/get',
    '/sys/a1X2bEnP82z/example1/thing/service/property/set',
    '/broadcast/a1X2bEnP82z/all',
    '/ota/device/upgrade/a1X2bEnP82z/example1',
    '/ext/ntp/a1X2bEnP82z/example1/response',
  ])('to %s', async (topic) => {
    const { client } = await online();
    expect(await granted(client, topic)).toEqual([1]);
  });

  test.each([
    '#',
    '+/#',
    '/#',
    '/+/example1/user/get',
    '/a1X2bEnP82z/+/user/get',
    '/a1X2bEnP82z/example2/user/get',
    '/other/example1/user/get',
    '/sys/a1X2bEnP82z/example2/thing/service/property/set',
    'a1X2bEnP82z/example1/user/get',
    '$SYS/#',
    '$dropped',
  ])('not to %s', async (topic) => {
    const { client } = await online();
    expect(await granted(client, topic)).toEqual([0x80]);
  });

  test('to its own filter beside a foreign one, and gets nothing of the foreign one, in a kept session either', async () => {
    const cloud = await startCloud(fixture());
    const foreign = '/a1X2bEnP82z/example2/user/get';
    const options = { ...loginOptions(), clean: false };
    const client = await device(fixture(), cloud, options);
    expect(await granted(client, [`${OWN}/get`, foreign, `${OWN}/end`])).toEqual([1, 0x80, 1]);
    await cloud.publish(foreign, 'now', 1);
    expect(await heardBy(client, cloud)).toEqual([]);
    const offline = next(cloud, 'offline');
    await client.endAsync();
    await offline;
    await cloud.publish(foreign, 'stored', 1);
    await cloud.publish(`${OWN}/get`, 'mine', 1);
    expect(await heardBy(await device(fixture(), cloud, options), cloud)).toEqual([`${OWN}/get mine`]);
  });
});

describe('a message', () => {
  test.each([
    [0, 1, 1],
    [1, 0, 0],
    [2, 1, 1],
    [0, 0, 0],
  ] as const)(
    'to a subscription of QoS %i, published with QoS %i, comes with QoS %i',
    async (subscribed, qos, comes) => {
      const { cloud, client } = await online();
      await client.subscribeAsync(`${OWN}/get`, { qos: subscribed });
      const message = nextMessage(client);
      await cloud.publish(`${OWN}/get`, Buffer.from([0, 0xff]), qos);
      expect(await message).toEqual({
        topic: `${OWN}/get`,
        payload: Buffer.from([0, 0xff]),
        retain: false,
        qos: comes,
      });
    },
  );

  test('of a device is told to who looks on', async () => {
    const { cloud, client } = await online();
    const published = next(cloud, 'published');
    await client.publishAsync(`${OWN}/update`, Buffer.from([1, 2]), { qos: 1 });
    expect(await published).toEqual({
      productKey: 'a1X2bEnP82z',
      deviceName: 'example1',
      cid: 'example1',
      topic: `${OWN}/update`,
      payload: Buffer.from([1, 2]),
      qos: 1,
    });
  });

  test('to a foreign topic is acknowledged and dropped', async () => {
    const { cloud, client } = await online();
    const other = await device(fixture(), cloud, loginOptions(OTHER));
    await other.subscribeAsync('/a1X2bEnP82z/example2/#');
    const told: string[] = [];
    cloud.events.on('published', ({ topic }) => told.push(topic));
    const dropped = next(cloud, 'dropped');
    await client.publishAsync('/a1X2bEnP82z/example2/user/get', 'forged', { qos: 1 });
    await client.publishAsync('/ext/register', 'forged', { qos: 1 });
    expect(await dropped).toMatchObject({ deviceName: 'example1', topic: '/a1X2bEnP82z/example2/user/get' });
    const message = nextMessage(other);
    await cloud.publish('/a1X2bEnP82z/example2/user/get', 'true', 1);
    expect(String((await message).payload)).toBe('true');
    expect(told).toEqual([]);
  });

  test('of QoS 2 closes the connection', async () => {
    const { cloud, client } = await online();
    const diary = diaryOf(cloud);
    const end = closed(client);
    client.publish(`${OWN}/update`, 'x', { qos: 2 }, () => {});
    await end;
    expect(diary).toEqual(['kicked example1: QoS 2', 'offline example1: QoS 2']);
  });

  test('that asks to be retained goes to who is subscribed, and is not retained', async () => {
    const { cloud, client } = await online();
    await client.subscribeAsync(`${OWN}/get`);
    const message = nextMessage(client);
    await client.publishAsync(`${OWN}/get`, 'x', { qos: 1, retain: true });
    expect(await message).toMatchObject({ payload: Buffer.from('x'), retain: false });
    const again = await device(fixture(), cloud);
    await again.subscribeAsync([`${OWN}/get`, `${OWN}/end`]);
    expect(await heardBy(again, cloud)).toEqual([]);
  });

  test.each([
    ['a wildcard', '/a/+', 0],
    ['an empty topic', '', 0],
    ['QoS 2', '/a/b', 2],
  ])('of the cloud is refused with %s', async (_which, topic, qos) => {
    const cloud = await startCloud(fixture());
    await expect(cloud.publish(topic, 'x', qos as 0)).rejects.toThrow(/, but must be /);
  });
});

describe('the time service', () => {
  const REQUEST = '/ext/ntp/a1X2bEnP82z/example1/request';
  const RESPONSE = '/ext/ntp/a1X2bEnP82z/example1/response';

  /** Resolves when the cloud has the request, and has said what it has to say. */
  async function ask(cloud: AliyunCloud, client: MqttClient, request: string): Promise<void> {
    const published = next(cloud, 'published');
    await client.publishAsync(REQUEST, request);
    await published;
  }

  test.each([true, false])('answers once, subscribed: %s', async (subscribed) => {
    const { cloud, client } = await online();
    await client.subscribeAsync(subscribed ? [RESPONSE, `${OWN}/end`] : `${OWN}/end`);
    const before = Date.now();
    await ask(cloud, client, '{"deviceSendTime":"1571724098000"}');
    const [line = '', ...more] = await heardBy(client, cloud);
    expect(more).toEqual([]);
    expect(line.split(' ')[0]).toBe(RESPONSE);
    const answer = JSON.parse(line.slice(RESPONSE.length)) as TimeResponse;
    const { deviceSendTime, serverRecvTime, serverSendTime, ...rest } = answer;
    expect(rest).toEqual({});
    expect(deviceSendTime).toBe('1571724098000');
    expect(Number(serverRecvTime)).toBeGreaterThanOrEqual(before);
    expect(Number(serverSendTime)).toBeGreaterThanOrEqual(Number(serverRecvTime));
  });

  test.each(['', '{}', 'null', '[]', '{"deviceSendTime":{}}'])('does not answer %j', async (request) => {
    const { cloud, client } = await online();
    await client.subscribeAsync([RESPONSE, `${OWN}/end`]);
    await ask(cloud, client, request);
    expect(await heardBy(client, cloud)).toEqual([]);
  });

  test('does not answer in the name of another device, nor when it is deaf', async () => {
    const cloud = await startCloud(fixture(), {}, { isDeaf: () => true });
    const client = await device(fixture(), cloud);
    await client.subscribeAsync([RESPONSE, `${OWN}/end`]);
    const dropped = next(cloud, 'dropped');
    await client.publishAsync(REQUEST.replace('example1', 'example2'), '{"deviceSendTime":"1"}');
    await dropped;
    await ask(cloud, client, '{"deviceSendTime":"1"}');
    expect(await heardBy(client, cloud)).toEqual([]);
  });
});
