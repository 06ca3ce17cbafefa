import { describe, expect, it, onTestFinished } from 'vitest';
import { startAliyunCloud } from '../../../src/simulator/aliyun/aliyun-cloud.js';
import { imeiOf, newLedger, provision, tripleOf } from '../../provisioning/ledger/ledger-fixture.js';
import { startWorld } from '../world.js';
import { doctor, expectFailure, stepOf } from './doctor-run.js';

/** A cloud that knows `device`, a ledger in which module 1 is verified, and module `module`. */
async function startCloud(module: number, device = tripleOf(1)) {
  const ledger = await newLedger(1);
  await provision(ledger, imeiOf(1));
  const cloud = await startAliyunCloud({ products: [{ productKey: 'a1X2bEnP82z', devices: [device] }] });
  onTestFinished(() => cloud.close());
  const { modem } = await startWorld({ broker: cloud.url, identity: { imei: imeiOf(module) } });
  return ['-p', modem.url, '--region', 'cn-shanghai', '--ledger', ledger.path];
}

describe('atmqtt doctor, at Alibaba Cloud', () => {
  it.each(['module', 'host'])('logs in with the triple of the ledger, signed by the %s', async (sign) => {
    const to = await startCloud(1);
    const examination = await doctor([...to, '--sign', sign]);
    expect(examination).toMatchObject({ code: 0, summary: { status: 'ok' } });
    expect(stepOf(examination, 'login').facts).toMatchObject({ device: 'meter-0001&a1X2bEnP82z' });
    expect(stepOf(examination, 'publish').facts).toMatchObject({
      topic: '/a1X2bEnP82z/meter-0001/user/atmqtt-doctor',
      returned: true,
    });
    expect(examination.text).not.toContain(tripleOf(1).deviceSecret);
  });

  it('finds that the module has no triple in the ledger', async () => {
    const to = await startCloud(7);
    const failed = expectFailure(await doctor(to), 'login', 1, ['broker', 'connect', 'publish']);
    expect(failed.facts).toEqual({ code: 'NOT_PROVISIONED' });
    expect(failed.next[0]).toContain('atmqtt provision run');
  });

  it('finds that the secret is not that of the device any more', async () => {
    const to = await startCloud(1, { ...tripleOf(1), deviceSecret: 'x'.repeat(32) });
    const examination = await doctor(to);
    const failed = expectFailure(examination, 'connect', 6, ['subscribe', 'publish']);
    expect(failed.causes[0]).toMatch(/DeviceSecret is not that of the device/);
    expect(examination.text).not.toContain(tripleOf(1).deviceSecret);
  });

  it('finds that a topic is not the own one of the device', async () => {
    const to = await startCloud(1);
    const examination = await doctor([...to, '--topic', 'somewhere/else', '--round-trip-timeout', '0.5']);
    const failed = expectFailure(examination, 'publish', 1, []);
    expect(failed.causes[1]).toBe('a device may use its own topics only: /a1X2bEnP82z/meter-0001/…');
  });
});
