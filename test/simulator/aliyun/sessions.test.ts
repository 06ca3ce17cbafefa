import { once } from 'node:events';
import { connect as tcpConnect } from 'node:net';
import { connect, type MqttClient } from 'mqtt';
import { describe, expect, test } from 'vitest';
import type { AliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import { nextMessage, useFixture } from '../fixture.js';
import {
  closed,
  connectPacket,
  device,
  diaryOf,
  loginOptions,
  next,
  OTHER,
  OWN,
  returnCodeOf,
  startCloud,
  TRIPLE,
} from './cloud-fixture.js';

const fixture = useFixture();

function login(cloud: AliyunCloud, cid: string, clean = true): Promise<MqttClient> {
  return device(fixture(), cloud, { ...loginOptions(TRIPLE, { cid }), clean });
}

describe('a second login with the same triple', () => {
  test.each([
    ['the same cid', 'one'],
    ['another cid', 'two'],
  ])('under %s throws out the first', async (_which, cid) => {
    const cloud = await startCloud(fixture());
    const diary = diaryOf(cloud);
    const first = await login(cloud, 'one');
    const end = closed(first);
    const second = await login(cloud, cid);
    await end;
    expect(second.connected).toBe(true);
    expect(diary).toEqual([
      'login one',
      'kicked one: another login',
      'offline one: another login',
      `login ${cid}`,
    ]);
    expect(cloud.online()).toEqual([{ productKey: 'a1X2bEnP82z', deviceName: 'example1', cid }]);
  });

  test('leaves other devices alone', async () => {
    const cloud = await startCloud(fixture());
    const other = await device(fixture(), cloud, loginOptions(OTHER));
    await login(cloud, 'one');
    await login(cloud, 'two');
    expect(other.connected).toBe(true);
    expect(cloud.online().map(({ cid }) => cid)).toEqual(['example2', 'two']);
  });

  test('that is refused throws out nobody', async () => {
    const cloud = await startCloud(fixture());
    const diary = diaryOf(cloud);
    const first = await login(cloud, 'one');
    await expect(device(fixture(), cloud, { ...loginOptions(), password: 'wrong' })).rejects.toThrow();
    await first.publishAsync(`${OWN}/alive`, '', { qos: 1 });
    expect(diary).toEqual(['login one', 'refused 4: the signature is wrong']);
  });

  test('among twenty at once leaves one, in whichever order they come', async () => {
    const cloud = await startCloud(fixture());
    // A session with subscriptions takes the broker some turns of the event loop to restore, and to forget.
    const kept = await login(cloud, 'kept', false);
    await kept.subscribeAsync([`${OWN}/get`, `${OWN}/set`]);
    const offline = next(cloud, 'offline');
    await kept.endAsync();
    await offline;
    const diary = diaryOf(cloud);
    const cids = Array.from({ length: 20 }, (_, index) => `c${index}`);
    const clients = await Promise.all(cids.map((cid, index) => login(cloud, cid, index % 3 === 2)));
    const [last] = cloud.online();
    const alive = clients[cids.indexOf(last?.cid ?? '')];
    await alive?.publishAsync(`${OWN}/alive`, '', { qos: 1 });
    expect(cloud.online()).toEqual([last]);
    const logins = diary.filter((line) => line.startsWith('login')).map((line) => line.slice(6));
    expect([...logins].sort()).toEqual([...cids].sort());
    // Never two at a time: each but the last is offline before the next one is in.
    const expected = logins.flatMap((cid) => [
      `login ${cid}`,
      `kicked ${cid}: another login`,
      `offline ${cid}: another login`,
    ]);
    expect(diary).toEqual(expected.slice(0, -2));
    expect(cloud.registry.find(TRIPLE.productKey, TRIPLE.deviceName)).toMatchObject({ logins: 21 });
  });

  test('is let in although connections before it broke in the middle', async () => {
    const cloud = await startCloud(fixture(), {}, { connectDelay: () => 1 });
    const { port } = new URL(cloud.url);
    const first = await login(cloud, 'one');
    const packet = connectPacket(loginOptions(TRIPLE, { cid: 'broken' }));
    const breaks = Array.from({ length: 5 }, async () => {
      const socket = tcpConnect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(packet, () => socket.resetAndDestroy());
      await once(socket, 'close');
    });
    await Promise.all(breaks);
    const second = await login(cloud, 'two');
    await second.publishAsync(`${OWN}/alive`, '', { qos: 1 });
    expect(first.connected).toBe(false);
    expect(cloud.online().map(({ cid }) => cid)).toEqual(['two']);
  });
});

describe('a session', () => {
  test('that is kept has its subscriptions and messages under another cid', async () => {
    const cloud = await startCloud(fixture());
    const first = await login(cloud, 'one', false);
    await first.subscribeAsync([`${OWN}/get`, `${OWN}/set`], { qos: 0 });
    const offline = next(cloud, 'offline');
    await first.endAsync();
    expect(await offline).toMatchObject({ cid: 'one', reason: 'closed' });
    await cloud.publish(`${OWN}/get`, 'stored', 1);
    await cloud.publish(`${OWN}/get`, 'lost', 0);
    const packets: unknown[] = [];
    const options = { ...loginOptions(TRIPLE, { cid: 'two' }), clean: false, manualConnect: true };
    const second = connect(cloud.url, options);
    fixture().later(() => second.endAsync(true));
    second.on('connect', ({ sessionPresent }) => packets.push(sessionPresent));
    const message = nextMessage(second);
    second.connect();
    expect(await message).toMatchObject({ payload: Buffer.from('stored'), qos: 1 });
    expect(packets).toEqual([true]);
    const later = nextMessage(second);
    await cloud.publish(`${OWN}/set`, 'fresh', 1);
    expect(await later).toMatchObject({ topic: `${OWN}/set`, payload: Buffer.from('fresh'), qos: 1 });
  });

  test('is ended by hand, and told to be offline', async () => {
    const cloud = await startCloud(fixture());
    const diary = diaryOf(cloud);
    const client = await login(cloud, 'one');
    const end = closed(client);
    expect(cloud.kick('a1X2bEnP82z', 'example1')).toBe(true);
    await end;
    expect(diary).toEqual(['login one', 'kicked one: by hand', 'offline one: by hand']);
    expect(cloud.online()).toEqual([]);
    expect(cloud.kick('a1X2bEnP82z', 'example1')).toBe(false);
    expect(cloud.kick('a1X2bEnP82z', 'nobody')).toBe(false);
  });

  test('is there although the device tried until the cloud was', async () => {
    const earlier = await startCloud(fixture());
    const port = Number(new URL(earlier.url).port);
    const client = await login(earlier, 'one');
    client.options.reconnectPeriod = 1;
    await earlier.close();
    const cloud = await startCloud(fixture(), { port });
    if (cloud.online().length === 0) await next(cloud, 'login');
    await client.publishAsync(`${OWN}/alive`, '', { qos: 1 });
    client.options.reconnectPeriod = 0;
    const second = await login(cloud, 'two');
    expect(second.connected).toBe(true);
  });

  test('is over when the cloud is closed', async () => {
    const cloud = await startCloud(fixture());
    const client = await login(cloud, 'one');
    const end = closed(client);
    await Promise.all([cloud.close(), cloud.close(), end]);
    expect(client.connected).toBe(false);
  });
});

describe('faults that a cloud is given', () => {
  test.each([1, 2, 3, 4, 5])('refuse a login that is right, with return code %i', async (returnCode) => {
    const cloud = await startCloud(fixture(), { faults: [`refuse-login=${returnCode}:1`] });
    const diary = diaryOf(cloud);
    expect(await returnCodeOf(cloud.url, loginOptions(TRIPLE, { cid: 'one' }))).toBe(returnCode);
    await login(cloud, 'one');
    expect(diary).toEqual([`refused ${returnCode}: a fault`, 'login one']);
  });

  test('end a session right behind its CONNACK', async () => {
    const cloud = await startCloud(fixture(), { faults: ['drop-after-login'] });
    const offline = next(cloud, 'offline');
    const client = await login(cloud, 'one');
    if (client.connected) await closed(client);
    expect(await offline).toMatchObject({ reason: 'another login' });
  });
});
