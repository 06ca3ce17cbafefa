import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import type { Degradation } from '../../src/dialects/dialect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasMosquitto, startMosquitto } from '../helpers/mosquitto.js';
import { Rig } from '../helpers/rig.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const PROBE = { interval: 10, timeout: 100 };

describe('a probe that cannot be', () => {
  it('refused by the module: the first connect works, degraded tells', async () => {
    const rig = await Rig.start({ module: { faults: ['subscribe-fails'] } });
    ends.push(() => rig.stop());
    const client = await rig.connect({ probe: PROBE });
    const [{ setting, consequence }] = await once(client, 'degraded');
    expect([setting, consequence]).toEqual([
      'probe',
      expect.stringMatching(/^there is none in this session \(subscribe failed/),
    ]);
    rig.module.faults.off('subscribe-fails');
    await client.subscribe('down');
    expect(client.stats().reconnects).toBe(0);
  });

  it('refused by a broker that closes the connection: after two sessions the third one stays', async () => {
    const rig = await Rig.start({
      broker: {
        authorizeSubscribe: (_client, { topic }, done) => {
          if (topic.startsWith('atmqtt/probe/')) done(new Error('no'), null);
          else done(null, { topic, qos: 1 });
        },
      },
    });
    ends.push(() => rig.stop());
    const client = await rig.connect({ probe: PROBE });
    const [{ setting, consequence }] = await once(client, 'degraded');
    expect(setting).toBe('probe');
    expect(consequence).toMatch(/^the session ended 2 times at the subscription/);
    await client.subscribe('down', { qos: 1 });
    const arrived = once(client, 'message');
    const other = await rig.other();
    await other.publishAsync('down', 'x', { qos: 1 });
    await arrived;
    expect(client.stats().reconnects).toBe(2);
  });

  it.skipIf(!hasMosquitto)('refused by Mosquitto in SUBACK: given up after the first miss', async () => {
    const broker = await startMosquitto({ acl: 'topic readwrite down' });
    ends.push(() => broker.stop());
    const module = await SimulatedModem.start({ broker: broker.url });
    ends.push(() => module.close());
    const client = await connect(module.url, { broker: 'mqtt://b', registrationTimeout: 0, probe: PROBE });
    ends.push(() => client.end({ force: true }));
    const [told] = (await once(client, 'degraded')) as [Degradation];
    expect(told.consequence).toMatch(/did not come back within 100 ms; it is given up/);
    expect(client.connected).toBe(true);
  });
});
