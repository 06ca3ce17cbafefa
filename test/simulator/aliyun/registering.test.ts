import { describe, expect, test } from 'vitest';
import type { CloudSeams, RegistrationRequest } from '../../../src/simulator/aliyun/seams.js';
import { useFixture } from '../fixture.js';
import {
  closed,
  device,
  diaryOf,
  loginOptions,
  next,
  returnCodeOf,
  startCloud,
  TLS,
} from './cloud-fixture.js';

const fixture = useFixture();

const REGISTER = {
  ...loginOptions(),
  clientId: 'example1|securemode=2,authType=register,random=r,signmethod=hmacsha256|',
};
const PUSH = { topic: '/ext/register', payload: Buffer.from('{}') };

describe('a CONNECT with authType', () => {
  test('is no login: what answers it sees all of it', async () => {
    const requests: RegistrationRequest[] = [];
    const register: CloudSeams['register'] = (request) => {
      requests.push(request);
      return PUSH;
    };
    const cloud = await startCloud(fixture(), { tls: TLS }, { register });
    const diary = diaryOf(cloud);
    expect(await returnCodeOf(cloud.url, REGISTER)).toBe(0);
    const secure = { ...REGISTER, rejectUnauthorized: false };
    expect(await returnCodeOf(cloud.tlsUrl ?? '', secure)).toBe(0);
    const { clientId, username, password } = REGISTER;
    expect(requests).toEqual([
      { clientId, username, password, tls: false },
      { clientId, username, password, tls: true },
    ]);
    expect(diary).toEqual([]);
  });

  test('may publish and subscribe to nothing, and throws out nobody', async () => {
    const cloud = await startCloud(fixture(), {}, { register: () => PUSH });
    const online = await device(fixture(), cloud);
    const registering = await device(fixture(), cloud, REGISTER);
    await expect(registering.subscribeAsync('/a1X2bEnP82z/example1/user/get')).rejects.toThrow();
    await expect(registering.subscribeAsync('/ext/register')).rejects.toThrow();
    const told: string[] = [];
    cloud.events.on('published', ({ topic }) => told.push(topic));
    await registering.publishAsync('/a1X2bEnP82z/example1/user/update', 'x', { qos: 1 });
    const published = next(cloud, 'published');
    await online.publishAsync('/a1X2bEnP82z/example1/user/last', 'x', { qos: 1 });
    await published;
    expect(told).toEqual(['/a1X2bEnP82z/example1/user/last']);
  });

  test('is refused with the code that it is given', async () => {
    const register = () => ({ returnCode: 4, reason: 'activated already' });
    const cloud = await startCloud(fixture(), {}, { register });
    const refusal = next(cloud, 'refused');
    expect(await returnCodeOf(cloud.url, REGISTER)).toBe(4);
    expect(await refusal).toEqual({
      productKey: 'a1X2bEnP82z',
      deviceName: 'example1',
      returnCode: 4,
      reason: 'activated already',
    });
  });

  test('can be left without an answer', async () => {
    const cloud = await startCloud(fixture(), {}, { register: () => 'cut' });
    const { connect } = await import('mqtt');
    const client = connect(cloud.url, REGISTER);
    const packets: string[] = [];
    client.on('packetreceive', ({ cmd }) => packets.push(cmd));
    await closed(client);
    expect(packets).toEqual([]);
  });
});
