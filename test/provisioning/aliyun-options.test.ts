import { describe, expect, it } from 'vitest';
import { ALIYUN_RULES } from '../../src/cloud/aliyun/rules.js';
import { ArgumentError } from '../../src/errors/kinds.js';
import { type CloudConnectOptions, plainOptions } from '../../src/provisioning/aliyun-options.js';

const TRIPLE = { productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret: 'hunter2hunter2' };
const REGION = { region: 'cn-shanghai' };
const BROKER = 'mqtt://a1X2bEnP82z.iot-as-mqtt.cn-shanghai.aliyuncs.com:1883';

const plain = (options: object) => plainOptions(options as CloudConnectOptions);

describe('the options of connect()', () => {
  it('stay as they are without aliyun', () => {
    const options = { broker: 'mqtt://h', keepalive: 7 };
    expect(plainOptions(options)).toBe(options);
    expect(plain({ ...options, aliyun: undefined })).toEqual({ ...options, aliyun: undefined });
  });

  it('become a login with a triple, and keep the rest', () => {
    const rest = { clean: false, maxInflight: 2 };
    expect(plainOptions({ aliyun: { ...TRIPLE, ...REGION }, ...rest })).toEqual({
      ...rest,
      ...{ broker: BROKER, clientId: 'example1', triple: TRIPLE, keepalive: 300, rules: ALIYUN_RULES },
    });
    expect(plainOptions({ aliyun: { ...TRIPLE, ...REGION }, keepalive: 60 }).keepalive).toBe(60);
  });

  it('become a login that is asked for with a ledger', () => {
    expect(plainOptions({ aliyun: { ledger: 'factory.db', ...REGION, sign: 'host' } })).toEqual({
      keepalive: 300,
      rules: ALIYUN_RULES,
      login: expect.any(Function),
    });
  });

  it.each([
    ['broker', 'mqtt://u:hunter2@h', 'region or host says where the cloud is'],
    ['clientId', 'hunter2', 'the cloud makes it of the cid'],
    ['username', 'hunter2', 'it is made of the triple'],
    ['password', 'hunter2', 'it is made of the triple'],
    ['triple', TRIPLE, 'aliyun names it'],
    ['login', async () => ({}), 'aliyun brings one'],
    ['rules', {}, 'aliyun brings those of the cloud'],
    ['will', { topic: 't', payload: 'x' }, 'Alibaba Cloud publishes none'],
  ])('leave no room for %s next to aliyun', (name, value, why) => {
    for (const aliyun of [
      { ...TRIPLE, ...REGION },
      { ledger: 'factory.db', ...REGION },
    ]) {
      expect(() => plain({ aliyun, [name]: value })).toThrow(
        `${name} must be left out next to aliyun: ${why}`,
      );
    }
  });

  it('want a topic for probes: the default is none of the device', () => {
    const aliyun = { ...TRIPLE, ...REGION };
    expect(() => plainOptions({ aliyun, probe: { interval: 1000 } })).toThrow(
      'give probe.topic next to aliyun: a device may use its own topics only',
    );
    const probe = { interval: 1000, topic: '/a1X2bEnP82z/example1/user/probe' };
    expect(plainOptions({ aliyun, probe }).probe).toEqual(probe);
  });

  it.each([
    [null, 'aliyun'],
    ['hunter2hunter2', 'aliyun'],
    [REGION, 'productKey'],
    [{ ...TRIPLE, deviceName: 'x', ...REGION }, 'deviceName'],
    [{ ...TRIPLE, deviceSecret: '', ...REGION }, 'deviceSecret'],
    [TRIPLE, 'region'],
    [{ ...TRIPLE, ledger: 'factory.db', ...REGION }, 'ledger'],
    [{ ledger: '', ...REGION }, 'ledger'],
    [{ ledger: 7, ...REGION }, 'ledger'],
    [{ ledger: 'factory.db' }, 'region'],
    [{ ledger: 'factory.db', ...REGION, cid: 'a|b' }, 'cid'],
    [{ ledger: 'factory.db', ...REGION, sign: 'nobody' }, 'sign'],
    [{ ledger: 'factory.db', ...REGION, passphrase: '' }, 'passphrase'],
    [{ ledger: 'factory.db', ...REGION, passphrase: 7 }, 'passphrase'],
  ])('are refused with aliyun: %j', (aliyun, field) => {
    expect(() => plain({ aliyun })).toThrow(ArgumentError);
    expect(() => plain({ aliyun })).toThrow(expect.objectContaining({ field }));
    expect(() => plain({ aliyun })).not.toThrow(/hunter2/);
  });
});
