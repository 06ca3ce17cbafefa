import { describe, expect, it } from 'vitest';
import { registrationClientId, registrationContent } from '../../../../src/cloud/aliyun/wire/registration.js';
import { sign } from '../../../../src/cloud/aliyun/wire/signature.js';
import { AliyunCloudFaults } from '../../../../src/simulator/aliyun/aliyun-cloud-faults.js';
import { DeviceRegistry } from '../../../../src/simulator/aliyun/device-registry.js';
import { RegistrationDesk } from '../../../../src/simulator/aliyun/registration/registration-desk.js';
import { registrationReply } from '../../../../src/simulator/aliyun/registration/registration-reply.js';
import { RegistrationService } from '../../../../src/simulator/aliyun/registration/registration-service.js';

const PRODUCT = { productKey: 'a1X2bEnP82z', productSecret: '7jluWm1zql7bt8qK' };
const NAMES = { productKey: 'a1X2bEnP82z', deviceName: 'example1', random: 'r1' };

const REQUEST = {
  clientId: registrationClientId('example1', 'r1', 'hmacsha256'),
  username: 'example1&a1X2bEnP82z',
  password: sign('hmacsha256', PRODUCT.productSecret, registrationContent(NAMES)),
  tls: true,
};

function deskWith(...faults: string[]) {
  const registry = new DeviceRegistry([PRODUCT]);
  const switches = new AliyunCloudFaults();
  for (const spec of faults) switches.on(spec);
  return { registry, desk: new RegistrationDesk(new RegistrationService(registry), switches) };
}

describe('a CONNECT that registers', () => {
  it('is answered with a push of the triple', () => {
    const { registry, desk } = deskWith();
    const reply = registrationReply(desk, REQUEST);
    expect(reply).toMatchObject({ topic: '/ext/register' });
    const payload = typeof reply === 'object' && 'payload' in reply ? String(reply.payload) : '';
    const deviceSecret = registry.find('a1X2bEnP82z', 'example1')?.deviceSecret;
    expect(deviceSecret).toMatch(/^\w{32}$/);
    expect(JSON.parse(payload)).toEqual({ productKey: 'a1X2bEnP82z', deviceName: 'example1', deviceSecret });
  });

  it.each([
    ['over TCP', { tls: false }, 2, /TLS/],
    ['with authType regnwl', { clientId: REQUEST.clientId.replace('register', 'regnwl') }, 2, /authType/],
    [
      'with securemode 3',
      { clientId: REQUEST.clientId.replace('securemode=2', 'securemode=3') },
      2,
      /securemode/,
    ],
    ['without a cid', { clientId: REQUEST.clientId.replace('example1', '') }, 2, /client id/],
    ['with a long cid', { clientId: REQUEST.clientId.replace('example1', 'x'.repeat(65)) }, 2, /client id/],
    ['without bars', { clientId: 'example1' }, 2, /client id/],
    ['without a random text', { clientId: REQUEST.clientId.replace('random=r1,', '') }, 2, /parameter/],
    ['without a product', { username: 'example1' }, 2, /user name/],
    ['with a wrong signature', { password: 'f'.repeat(64) }, 4, /sign/],
    ['for an unknown product', { username: 'example1&a1Other' }, 4, /product/],
  ])('%s is refused', (_name, changes, returnCode, reason) => {
    const { registry, desk } = deskWith();
    const reply = registrationReply(desk, { ...REQUEST, ...changes });
    expect(reply).toEqual({ returnCode, reason: expect.stringMatching(reason) });
    expect(registry.devices).toEqual([]);
  });

  it.each([
    ['error=503', { returnCode: 3, reason: 'a fault' }, 0],
    ['error-after=503', 'cut', 1],
    ['cut', 'cut', 1],
    ['cut-before', 'cut', 0],
  ])('under the fault %s', (fault, reply, registrations) => {
    const { registry, desk } = deskWith(fault);
    expect(registrationReply(desk, REQUEST)).toEqual(reply);
    expect(registry.find('a1X2bEnP82z', 'example1')?.registrations ?? 0).toBe(registrations);
  });
});
