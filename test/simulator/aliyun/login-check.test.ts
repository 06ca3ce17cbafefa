import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import { DeviceRegistry } from '../../../src/simulator/aliyun/device-registry.js';
import { checkLogin } from '../../../src/simulator/aliyun/login-check.js';

const text = (characters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { minLength, maxLength }).map((parts) => parts.join(''));

const LETTERS = 'abcXYZ019';
const triple = fc.record({
  productKey: text(LETTERS, 1, 11),
  deviceName: text(`${LETTERS}-_@.:`, 4, 32),
  deviceSecret: text(LETTERS, 1, 32),
});
const unknown = fc.dictionary(text('lvz', 1, 3), text(LETTERS, 0, 5), { noNullPrototype: true });

/** A login as a device may write it, signed here by what aliyun.md 1 says and not by our own code. */
const login = fc
  .record({
    triple,
    cid: text(`${LETTERS}.&=,`, 1, 64),
    digest: fc.constantFrom('md5', 'sha1', 'sha256'),
    timestamp: fc.option(text('0123456789', 1, 13), { nil: undefined }),
    unknown,
    upperCase: fc.boolean(),
    keepalive: fc.integer({ min: 30, max: 1200 }),
  })
  .chain((parts) => {
    const { timestamp, digest } = parts;
    const pairs = Object.entries(parts.unknown).concat([
      ['securemode', '3'],
      ['signmethod', `hmac${digest}`],
    ]);
    if (timestamp !== undefined) pairs.push(['timestamp', timestamp]);
    return fc
      .shuffledSubarray(pairs, { minLength: pairs.length })
      .map((shuffled) => ({ ...parts, parameters: shuffled.map((pair) => pair.join('=')).join(',') }));
  })
  .map(({ triple: { productKey, deviceName, deviceSecret }, cid, timestamp, ...form }) => {
    const content = `clientId${cid}deviceName${deviceName}productKey${productKey}`;
    const signed = timestamp === undefined ? content : `${content}timestamp${timestamp}`;
    const hex = createHmac(form.digest, deviceSecret).update(signed).digest('hex');
    return {
      device: { productKey, deviceName, deviceSecret },
      facts: {
        clientId: `${cid}|${form.parameters}|`,
        username: `${deviceName}&${productKey}`,
        password: form.upperCase ? hex.toUpperCase() : hex,
        keepalive: form.keepalive,
        will: false,
        tls: false,
      },
    };
  });

function registryOf({ productKey, deviceName, deviceSecret }: DeviceTriple): DeviceRegistry {
  return new DeviceRegistry([{ productKey, devices: [{ deviceName, deviceSecret }] }]);
}

test('whatever the method, the order of the parameters, and what else is among them, a right login is accepted', () => {
  fc.assert(
    fc.property(login, ({ device, facts }) => {
      const { productKey, deviceName } = device;
      expect(checkLogin(registryOf(device), facts)).toMatchObject({ login: { productKey, deviceName } });
    }),
  );
});

test('and refused with any other digit in its signature', () => {
  fc.assert(
    fc.property(login, fc.nat(), ({ device, facts }, place) => {
      const at = place % facts.password.length;
      const digit = facts.password[at] === '0' ? '1' : '0';
      const password = facts.password.slice(0, at) + digit + facts.password.slice(at + 1);
      expect(checkLogin(registryOf(device), { ...facts, password })).toMatchObject({
        refusal: { returnCode: 4, reason: 'the signature is wrong' },
      });
    }),
  );
});

test('whatever CONNECT says is accepted or refused, and no refusal shows the password', () => {
  const facts = fc.record({
    clientId: fc.string(),
    username: fc.string(),
    password: fc.constant('s3cr3t-passw0rd'),
    keepalive: fc.nat(65_535),
    will: fc.boolean(),
    tls: fc.boolean(),
  });
  fc.assert(
    fc.property(triple, facts, (device, anything) => {
      const verdict = checkLogin(registryOf(device), anything);
      expect('refusal' in verdict && [2, 4].includes(verdict.refusal.returnCode)).toBe(true);
      expect(JSON.stringify(verdict)).not.toContain('s3cr3t');
    }),
  );
});
