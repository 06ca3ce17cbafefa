import { once } from 'node:events';
import { type Socket, connect as tcpConnect } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { AliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import type { CloudSeams } from '../../../src/simulator/aliyun/seams.js';
import { useFixture } from '../fixture.js';
import { connectPacket, loginOptions, next, startCloud } from './cloud-fixture.js';

const fixture = useFixture();

afterEach(() => vi.useRealTimers());

const ACCEPTED = Buffer.from([0x20, 2, 0, 0]);

/** A socket that has said this and nothing else, and what came back first. */
async function speak(cloud: AliyunCloud, bytes: Buffer): Promise<{ socket: Socket; answer: Buffer }> {
  const socket = tcpConnect(Number(new URL(cloud.url).port), '127.0.0.1');
  fixture().later(async () => socket.destroy());
  socket.write(bytes);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer };
}

test('a device that says nothing for one and a half keepalives is offline', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const cloud = await startCloud(fixture());
  const { socket, answer } = await speak(cloud, connectPacket(loginOptions(), 30));
  expect(answer).toEqual(ACCEPTED);
  const offline = next(cloud, 'offline');
  const end = once(socket, 'close');
  vi.advanceTimersByTime(44_000);
  expect(cloud.online()).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  await end;
  expect(await offline).toMatchObject({ reason: 'keepalive' });
});

test('who has registered gets the push without a SUBSCRIBE, and is put out after 15 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const seams: CloudSeams = { register: () => ({ topic: '/ext/register', payload: Buffer.from('{}') }) };
  const cloud = await startCloud(fixture(), {}, seams);
  const clientId = 'example1|securemode=2,authType=register,random=r,signmethod=hmacsha256|';
  const { socket, answer } = await speak(cloud, connectPacket({ ...loginOptions(), clientId }));
  const push = Buffer.concat([Buffer.from([0x30, 17, 0, 13]), Buffer.from('/ext/register{}')]);
  const heard = answer.length > 4 ? answer : Buffer.concat([answer, ...(await once(socket, 'data'))]);
  expect(heard).toEqual(Buffer.concat([ACCEPTED, push]));
  expect(cloud.online()).toEqual([]);
  let open = true;
  const end = once(socket, 'close').then(() => {
    open = false;
  });
  vi.advanceTimersByTime(14_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(open).toBe(true);
  vi.advanceTimersByTime(1);
  await end;
});
