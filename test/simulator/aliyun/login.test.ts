import { describe, expect, test } from 'vitest';
import { sign } from '../../../src/cloud/aliyun/wire/signature.js';
import { useFixture } from '../fixture.js';
import { loginOptions, next, OTHER, returnCodeOf, startCloud, TLS, TRIPLE } from './cloud-fixture.js';

const fixture = useFixture();

const LOGIN = loginOptions();
const USERNAME = 'example1&a1X2bEnP82z';
const UNSIGNED = { securemode: '3', signmethod: 'hmacsha1' };

/** A login whose signature is right, whatever else is wrong. */
function signed(
  parameters: Record<string, string>,
  { cid = 'example1', username = USERNAME, key = TRIPLE.deviceSecret, content = '' } = {},
) {
  const text = content || `clientId${cid}deviceNameexample1productKeya1X2bEnP82z`;
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return {
    ...LOGIN,
    clientId: `${cid}|${pairs.join(',')}|`,
    username,
    password: sign('hmacsha1', key, text),
  };
}

describe('a login is accepted', () => {
  test.each([
    [
      'the sample of the vendor, hmacsha256',
      'a1X2bEnP82z.example1|securemode=3,signmethod=hmacsha256,timestamp=2524608000000|',
      'b8ce8f1d706dd3c61d13bfd9855def7e321b785084ca9c93f0169a2b46785dd2',
    ],
    [
      'hmacsha1 with a timestamp of 2013',
      'example1|securemode=3,signmethod=hmacsha1,timestamp=20130219|',
      '268efad31f5a22fbb7a6867eb54311dd0421f9c8',
    ],
    [
      'hex in upper case, parameters in another order, unknown ones among them',
      'example1|timestamp=20130219,lan=C,signmethod=hmacsha1,ext=1,securemode=3,_v=sdk|',
      '268EFAD31F5A22FBB7A6867EB54311DD0421F9C8',
    ],
    [
      'no timestamp',
      'example1|securemode=3,signmethod=hmacsha1|',
      'c04b5bb4d2ccc308a8ebb6b9be1b987336a9678e',
    ],
    // `openssl dgst -md5 -hmac`, as the one before with -sha1
    ['hmacmd5, which is not named', 'example1|securemode=3|', '317cbac3035c680d0de7ee6f6d69b59a'],
  ])('as published: %s', async (_which, clientId, password) => {
    const cloud = await startCloud(fixture());
    const options = { ...LOGIN, clientId, username: USERNAME, password };
    expect(await returnCodeOf(cloud.url, options)).toBe(0);
  });

  test("as in the documentation's example", async () => {
    const devices = [{ deviceName: 'device', deviceSecret: 'secret' }];
    const cloud = await startCloud(fixture(), { products: [{ productKey: 'pk', devices }] });
    const options = {
      ...LOGIN,
      clientId: '12345|securemode=3,signmethod=hmacsha1,timestamp=789|',
      username: 'device&pk',
      password: 'fafd82a3d602b37fb0fa8b7892f24a477f851a14',
    };
    expect(await returnCodeOf(cloud.url, options)).toBe(0);
  });

  test.each([30, 1200])('with a keepalive of %i s', async (keepalive) => {
    const cloud = await startCloud(fixture());
    expect(await returnCodeOf(cloud.url, { ...LOGIN, keepalive })).toBe(0);
  });

  test('with a cid of 64 characters', async () => {
    const cloud = await startCloud(fixture());
    expect(await returnCodeOf(cloud.url, loginOptions(TRIPLE, { cid: 'c'.repeat(64) }))).toBe(0);
  });

  test('in MQTT 3.1', async () => {
    const cloud = await startCloud(fixture());
    const old = { ...LOGIN, protocolId: 'MQIsdp', protocolVersion: 3 } as const;
    expect(await returnCodeOf(cloud.url, old)).toBe(0);
  });

  test.each([2, 3] as const)('over TLS with securemode %i, on the port of TCP', async (secureMode) => {
    const cloud = await startCloud(fixture(), { tls: TLS });
    const options = loginOptions(TRIPLE, { secureMode });
    expect(await returnCodeOf(cloud.tlsUrl ?? '', { ...options, rejectUnauthorized: false })).toBe(0);
    expect(await returnCodeOf(cloud.url, LOGIN)).toBe(0);
    expect(cloud.tlsUrl?.replace('mqtts', 'mqtt')).toBe(cloud.url);
  });

  test('and activates the device', async () => {
    const cloud = await startCloud(fixture());
    const known = cloud.registry.find(TRIPLE.productKey, TRIPLE.deviceName);
    const login = next(cloud, 'login');
    expect(known).toMatchObject({ activated: false, logins: 0 });
    await returnCodeOf(cloud.url, LOGIN);
    expect(await login).toEqual({ productKey: 'a1X2bEnP82z', deviceName: 'example1', cid: 'example1' });
    expect(known).toMatchObject({ activated: true, logins: 1 });
    expect(cloud.registry.find(OTHER.productKey, OTHER.deviceName)).toMatchObject({ activated: false });
  });
});

describe('a login is refused', () => {
  const ofOther = { content: 'clientIdexample1deviceNameexample2productKeya1X2bEnP82z' };
  test.each([
    ['another secret', 4, /signature/, signed(UNSIGNED, { key: OTHER.deviceSecret })],
    ['no password', 4, /signature/, { ...LOGIN, password: '' }],
    [
      'a cid that is not the signed one',
      4,
      /signature/,
      { ...LOGIN, clientId: 'x|securemode=3,signmethod=hmacsha1|' },
    ],
    ['a timestamp that is not signed', 4, /signature/, signed({ ...UNSIGNED, timestamp: '1' })],
    [
      'another method than it was signed with',
      4,
      /signature/,
      signed({ ...UNSIGNED, signmethod: 'hmacmd5' }),
    ],
    [
      'the name of another device',
      4,
      /signature/,
      signed(UNSIGNED, { username: 'example2&a1X2bEnP82z', ...ofOther }),
    ],
    ['an unknown device', 4, /no such device/, signed(UNSIGNED, { username: 'nobody&a1X2bEnP82z' })],
    ['an unknown product', 4, /no such device/, signed(UNSIGNED, { username: 'example1&other' })],
    ['a device without a secret', 4, /no secret/, signed(UNSIGNED, { username: 'newborn&a1X2bEnP82z' })],
    ['a client id without bars', 2, /client id/, { ...LOGIN, clientId: 'example1' }],
    ['no cid', 2, /client id/, { ...LOGIN, clientId: '|securemode=3|' }],
    ['a cid of 65 characters', 2, /64/, loginOptions(TRIPLE, { cid: 'c'.repeat(65) })],
    ['a user name without &', 2, /user name/, { ...LOGIN, username: 'example1' }],
    ['securemode 2 over TCP', 2, /TCP/, loginOptions(TRIPLE, { secureMode: 2 })],
    ['no securemode', 2, /securemode/, signed({ signmethod: 'hmacsha1' })],
    ['an unknown signmethod', 2, /signmethod/, signed({ ...UNSIGNED, signmethod: 'sha1' })],
    ['an authType', 2, /authType/, signed({ ...UNSIGNED, authType: 'connwl' })],
    ['a keepalive of 29 s', 2, /keepalive/, { ...LOGIN, keepalive: 29 }],
    ['a keepalive of 1201 s', 2, /keepalive/, { ...LOGIN, keepalive: 1201 }],
    ['no keepalive', 2, /keepalive/, { ...LOGIN, keepalive: 0 }],
    ['a will', 2, /will/, { ...LOGIN, will: { topic: '/a/b', payload: Buffer.from('x') } }],
  ])('for %s', async (_which, returnCode, reason, options) => {
    const cloud = await startCloud(fixture());
    const refusal = next(cloud, 'refused');
    expect(await returnCodeOf(cloud.url, options)).toBe(returnCode);
    expect(await refusal).toMatchObject({ returnCode, reason: expect.stringMatching(reason) });
    expect(JSON.stringify(await refusal)).not.toContain(TRIPLE.deviceSecret);
    expect(cloud.online()).toEqual([]);
    expect(cloud.registry.devices.every(({ activated }) => !activated)).toBe(true);
  });

  test('with the secret that a new one has replaced', async () => {
    const cloud = await startCloud(fixture());
    const secret = cloud.registry.find(TRIPLE.productKey, TRIPLE.deviceName)?.issueSecret() ?? '';
    expect(await returnCodeOf(cloud.url, LOGIN)).toBe(4);
    expect(await returnCodeOf(cloud.url, loginOptions({ ...TRIPLE, deviceSecret: secret }))).toBe(0);
  });

  test('and tells who it was, as far as that can be read', async () => {
    const cloud = await startCloud(fixture());
    const refusal = next(cloud, 'refused');
    await returnCodeOf(cloud.url, { ...LOGIN, password: 'wrong' });
    expect(await refusal).toEqual({
      productKey: 'a1X2bEnP82z',
      deviceName: 'example1',
      cid: 'example1',
      returnCode: 4,
      reason: 'the signature is wrong',
    });
  });
});
