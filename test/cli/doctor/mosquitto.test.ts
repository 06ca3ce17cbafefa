import { describe, expect, it, onTestFinished } from 'vitest';
import { hasMosquitto, startMosquitto } from '../../helpers/mosquitto.js';
import { startWorld } from '../world.js';
import { doctor, expectFailure, stepOf } from './doctor-run.js';

/** A module that gets to a Mosquitto with these rules. */
async function to(rules: Parameters<typeof startMosquitto>[0]): Promise<string[]> {
  const mosquitto = await startMosquitto(rules);
  onTestFinished(() => mosquitto.stop());
  const { modem } = await startWorld({ broker: mosquitto.url });
  return ['-p', modem.url, '-b', mosquitto.url, '--round-trip-timeout', '1'];
}

describe.skipIf(!hasMosquitto)('atmqtt doctor, at Mosquitto', () => {
  it('gets its message back where the rules let it', async () => {
    const examination = await doctor(await to({ acl: 'topic readwrite atmqtt/doctor/#' }));
    expect(examination.code).toBe(0);
    expect(stepOf(examination, 'publish').facts).toMatchObject({ returned: true });
  });

  it('finds that a user name is wanted', async () => {
    const failed = expectFailure(await doctor(await to({ anonymous: false })), 'connect', 6, ['subscribe']);
    expect(failed.causes[0]).toBe('the broker wants a user name and a password, and none were given');
  });

  it.each(['write', 'read'])('finds that it may only %s', async (right) => {
    const args = await to({ acl: `topic ${right} atmqtt/doctor/#` });
    const failed = expectFailure(await doctor(args), 'publish', 1, []);
    expect(failed.facts).toMatchObject({ returned: false });
    expect(failed.causes.join()).toMatch(/refused the subscription.*does not let this client publish/);
    expect(failed.next[0]).toContain('--topic');
  });
});
