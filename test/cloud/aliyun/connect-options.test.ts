import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/client/options.js';
import { aliyunConnectOptions } from '../../../src/cloud/aliyun/connect-options.js';
import type { AliyunLoginOptions } from '../../../src/cloud/aliyun/login-options.js';
import { ALIYUN_RULES } from '../../../src/cloud/aliyun/rules.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { SAMPLE } from './wire/vectors.js';

const REGION = { region: 'cn-shanghai' };
const BROKER = 'mqtt://a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com:1883';
const COMMON = { keepalive: 300, rules: ALIYUN_RULES };

describe('a login with a triple', () => {
  it('is signed by the module unless told otherwise', () => {
    const expected = { ...COMMON, broker: BROKER, clientId: 'example1', triple: SAMPLE };
    expect(aliyunConnectOptions(SAMPLE, REGION)).toEqual(expected);
    expect(aliyunConnectOptions(SAMPLE, { ...REGION, sign: 'module', cid: '7' })).toEqual({
      ...expected,
      clientId: '7',
    });
  });

  it('is signed here with sign: host, over TCP and over TLS; hex by openssl', () => {
    const username = 'example1&a1X2bEnP82z';
    const password = 'e8cfe62d3d3f49dbb4bffd1bef903869ee45b9cd2ec61dd63ebf69b8f6a00c85';
    expect(aliyunConnectOptions(SAMPLE, { ...REGION, sign: 'host' })).toEqual({
      ...COMMON,
      broker: BROKER,
      clientId: 'example1|securemode=3,signmethod=hmacsha256|',
      ...{ username, password },
    });
    expect(aliyunConnectOptions(SAMPLE, { host: 'mqtts://[2001:db8::1]:443', sign: 'host' })).toEqual({
      ...COMMON,
      broker: 'mqtts://[2001:db8::1]:443',
      clientId: 'example1|securemode=2,signmethod=hmacsha256|',
      ...{ username, password },
    });
    expect(aliyunConnectOptions(SAMPLE, { ...REGION, sign: 'host', signMethod: 'hmacmd5' })).toMatchObject({
      clientId: 'example1|securemode=3,signmethod=hmacmd5|',
      password: '317cbac3035c680d0de7ee6f6d69b59a',
    });
  });

  it('takes nothing along but the three parts', () => {
    const options = aliyunConnectOptions({ ...SAMPLE, iotId: 'x' } as typeof SAMPLE, REGION);
    expect(options.triple).toEqual(SAMPLE);
  });

  it.each([
    [{ ...REGION, sign: 'both' }, 'sign is "both", but must be one of module, host'],
    [{ ...REGION, cid: '' }, 'cid is "", but must be 1 to 64 characters without a bar'],
    [{ ...REGION, cid: 'a|b' }, 'cid is "a|b", but'],
    [{ ...REGION, cid: 'x'.repeat(65) }, 'cid is "xxx'],
    [{ ...REGION, signMethod: 'hmacsha1' }, 'signMethod is hmacsha1, but must be left out'],
    [{ ...REGION, sign: 'host', signMethod: 'sha1' }, 'signMethod is "sha1", but'],
    [{}, 'give a region or a host (given: nothing)'],
  ])('is refused with %j', (options, message) => {
    expect(() => aliyunConnectOptions(SAMPLE, options as AliyunLoginOptions)).toThrow(message);
  });

  it.each([
    ['productKey', 'a b', 'productKey is "a b", but'],
    ['deviceName', 'abc', 'deviceName is "abc", but'],
    ['deviceSecret', 'hunter2 hunter2', 'deviceSecret is ***, but'],
  ])('is refused with the %s %j', (field, value, message) => {
    expect(() => aliyunConnectOptions({ ...SAMPLE, [field]: value }, REGION)).toThrow(message);
  });
});

describe('Alibaba Cloud takes', () => {
  const options = aliyunConnectOptions(SAMPLE, REGION);
  const message = { topic: '/a/b/user/c', payload: Buffer.from('x'), qos: 1, retain: false } as const;

  it.each([30, 300, 1200])('a keepalive of %i s', (keepalive) => {
    expect(parseOptions({ ...options, keepalive }, LMQTT).session.keepalive).toBe(keepalive);
  });

  it.each([0, 29, 1201])('no keepalive of %i s', (keepalive) => {
    expect(() => parseOptions({ ...options, keepalive }, LMQTT)).toThrow(
      `keepalive is ${keepalive}, but must be a whole number from 30 to 1200`,
    );
  });

  it('no will', () => {
    expect(() => parseOptions({ ...options, will: { topic: 't', payload: 'x' } }, LMQTT)).toThrow(
      'leave the will out: Alibaba Cloud publishes none',
    );
  });

  it('messages and filters of QoS 0 and 1, not 2, and nothing retained', () => {
    for (const qos of [0, 1] as const) {
      ALIYUN_RULES.checkPublication?.({ ...message, qos });
      ALIYUN_RULES.checkFilters?.([{ topic: 't', qos }]);
    }
    expect(() => ALIYUN_RULES.checkPublication?.({ ...message, qos: 2 })).toThrow(
      'qos is 2, but must be one of 0, 1',
    );
    expect(() => ALIYUN_RULES.checkPublication?.({ ...message, retain: true })).toThrow(
      'retain is true, but must be false: Alibaba Cloud keeps no messages',
    );
    const filters = [0, 2].map((qos) => ({ topic: 't', qos: qos as 0 | 2 }));
    expect(() => ALIYUN_RULES.checkFilters?.(filters)).toThrow('qos is 2, but');
  });
});
