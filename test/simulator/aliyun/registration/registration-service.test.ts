import { describe, expect, it } from 'vitest';
import { registrationContent } from '../../../../src/cloud/aliyun/wire/registration.js';
import { SIGN_METHODS, sign } from '../../../../src/cloud/aliyun/wire/signature.js';
import { type CloudProduct, DeviceRegistry } from '../../../../src/simulator/aliyun/device-registry.js';
import { RegistrationService } from '../../../../src/simulator/aliyun/registration/registration-service.js';

const PRODUCT = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK' };
const NAMES = { productKey: 'a1X2bEnP82z', deviceName: 'example1', random: '8Ygb7ULYh53B6OA' };
const VECTOR = '37c9d9c4dcab7fc75d65d25547a4e11080e59dd82f3255aafc90d83498480e88';
const REQUEST = { ...NAMES, sign: VECTOR, signMethod: 'hmacsha256' };

function serviceFor(product: Partial<CloudProduct> = {}) {
  const registry = new DeviceRegistry([{ ...PRODUCT, ...product }], 1);
  return { registry, service: new RegistrationService(registry) };
}

/** The secret, or why there is none. */
function answer(service: RegistrationService, fields: object = REQUEST): string {
  const decision = service.register(fields);
  return 'triple' in decision ? decision.triple.deviceSecret : decision.refusal.message;
}

describe('a registration at the simulated cloud', () => {
  it('gives a secret to who signs as in the vector of the vendor', () => {
    const { registry, service } = serviceFor();
    expect(service.register(REQUEST)).toEqual({
      triple: {
        productKey: 'a1X2bEnP82z',
        deviceName: 'example1',
        deviceSecret: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      },
    });
    expect(registry.find('a1X2bEnP82z', 'example1')?.registrations).toBe(1);
  });

  it.each(SIGN_METHODS)('takes %s', (signMethod) => {
    const signature = sign(signMethod, PRODUCT.productSecret, registrationContent(NAMES));
    expect(answer(serviceFor().service, { ...NAMES, sign: signature, signMethod })).toMatch(/^\w{32}$/);
  });

  it('takes hmacmd5 for a request that names no method', () => {
    const signature = sign('hmacmd5', PRODUCT.productSecret, registrationContent(NAMES));
    expect(answer(serviceFor().service, { ...NAMES, sign: signature })).toMatch(/^\w{32}$/);
  });

  it('again before the first login gives another secret, which kills the one before', () => {
    const { registry, service } = serviceFor();
    const first = answer(service);
    const second = answer(service);
    expect(second).not.toBe(first);
    expect(registry.find('a1X2bEnP82z', 'example1')?.deviceSecret).toBe(second);
  });

  it('is refused after the first login, until the device is reset', () => {
    const { registry, service } = serviceFor();
    const secret = answer(service);
    const device = registry.find('a1X2bEnP82z', 'example1');
    device?.activate();
    expect(answer(service)).toBe('device is already active');
    expect(device?.deviceSecret).toBe(secret);
    device?.reset();
    expect(answer(service)).toMatch(/^\w{32}$/);
  });

  it('may be for listed names alone', () => {
    const { service } = serviceFor({ preregistered: true, devices: [{ deviceName: 'example2' }] });
    expect(answer(service)).toBe('device not exist');
    const listed = { ...NAMES, deviceName: 'example2' };
    const signature = sign('hmacsha256', PRODUCT.productSecret, registrationContent(listed));
    expect(answer(service, { ...listed, sign: signature, signMethod: 'hmacsha256' })).toMatch(/^\w{32}$/);
  });

  it('may be switched off', () => {
    expect(answer(serviceFor({ dynamicRegistration: false }).service)).toMatch(/is off$/);
    const registry = new DeviceRegistry([{ productKey: PRODUCT.productKey }]);
    expect(answer(new RegistrationService(registry))).toMatch(/is off$/);
  });

  it.each([
    [{ productKey: 'a1Unknown' }, 'product not exist'],
    [{ sign: VECTOR.replace('37', '38') }, 'sign check failed'],
    [{ sign: '' }, 'request parameter error'],
    [{ random: 'other' }, 'sign check failed'],
    [{ random: undefined }, 'request parameter error'],
    [{ deviceName: undefined }, 'request parameter error'],
    [{ signMethod: 'md5' }, 'request parameter error'],
    [{ signMethod: 'hmacsha1' }, 'sign check failed'],
  ])('%j is refused: %s', (changes, message) => {
    const { registry, service } = serviceFor();
    expect(answer(service, { ...REQUEST, ...changes })).toBe(message);
    expect(registry.devices).toEqual([]);
  });

  it('a name that cannot be one is refused although it is signed', () => {
    const names = { ...NAMES, deviceName: 'a b' };
    const signature = sign('hmacsha256', PRODUCT.productSecret, registrationContent(names));
    const request = { ...names, sign: signature, signMethod: 'hmacsha256' };
    expect(answer(serviceFor().service, request)).toBe('request parameter error');
  });
});
