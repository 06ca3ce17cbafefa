import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../../src/errors/kinds.js';
import { DeviceRegistry } from '../../../src/simulator/aliyun/device-registry.js';

const PRODUCT = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK' };

describe('the device registry', () => {
  test('finds a device by product and name, and no other', () => {
    const registry = new DeviceRegistry([
      { ...PRODUCT, devices: [{ deviceName: 'dev1', deviceSecret: 's' }] },
    ]);
    expect(registry.product('a1X2bEnP82z')).toMatchObject(PRODUCT);
    expect(registry.find('a1X2bEnP82z', 'dev1')).toMatchObject({ deviceName: 'dev1', deviceSecret: 's' });
    expect(registry.find('a1X2bEnP82z', 'dev2')).toBeUndefined();
    expect(registry.find('other', 'dev1')).toBeUndefined();
    expect(registry.devices).toHaveLength(1);
  });

  test('refuses what is there twice, and a device of no product', () => {
    const devices = [{ deviceName: 'dev1' }, { deviceName: 'dev1' }];
    expect(() => new DeviceRegistry([PRODUCT, PRODUCT])).toThrow(ArgumentError);
    expect(() => new DeviceRegistry([{ ...PRODUCT, devices }])).toThrow(
      /^deviceName is "dev1", but must be new to this cloud$/,
    );
    expect(() => new DeviceRegistry([]).add('pk', { deviceName: 'dev1' })).toThrow(
      /^productKey is "pk", but must be that of a product of this cloud$/,
    );
  });
});

describe('a device of the cloud', () => {
  test('has a new secret with each registration, and only that', () => {
    const device = new DeviceRegistry([PRODUCT]).add('a1X2bEnP82z', { deviceName: 'dev1' });
    expect(device.deviceSecret).toBeUndefined();
    const first = device.issueSecret();
    const second = device.issueSecret();
    expect(first).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(second).not.toBe(first);
    expect(device).toMatchObject({ deviceSecret: second, registrations: 2, activated: false });
  });

  test('is activated by its first login, until it is reset', () => {
    const device = new DeviceRegistry([PRODUCT]).add('a1X2bEnP82z', {
      deviceName: 'dev1',
      deviceSecret: 's',
    });
    device.recordLogin();
    device.recordLogin();
    expect(device).toMatchObject({ activated: true, logins: 2 });
    device.reset();
    expect(device).toMatchObject({ activated: false, deviceSecret: undefined, logins: 2 });
  });

  test('gets the same secrets from the same seed', () => {
    const [one, same, other] = [1, 1, 2].map((seed) =>
      new DeviceRegistry([PRODUCT], seed).add('a1X2bEnP82z', { deviceName: 'dev1' }).issueSecret(),
    );
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});
