import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/options.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasMosquitto, type Mosquitto, mosquittoSub, startMosquitto } from '../helpers/mosquitto.js';

const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function moduleOn(broker: Mosquitto): Promise<SimulatedModem> {
  const module = await SimulatedModem.start({ broker: broker.url });
  ends.push(() => module.close());
  return module;
}

async function program(module: SimulatedModem, options: Partial<ConnectOptions>) {
  const client = await connect(module.url, {
    broker: 'mqtt://broker.example',
    registrationTimeout: 0,
    reconnectPeriod: 0,
    ...options,
  });
  ends.push(() => client.end({ force: true }));
  return client;
}

describe.skipIf(!hasMosquitto)('what an earlier program has left in the module', () => {
  it('TLS: a failed mqtts:// does not make the next mqtt:// fail', async () => {
    const broker = await startMosquitto();
    ends.push(() => broker.stop());
    const module = await moduleOn(broker);
    await expect(program(module, { broker: 'mqtts://broker.example' })).rejects.toMatchObject({
      code: 'OPEN_FAILED',
    });
    const client = await program(module, {});
    await client.publish('t', 'x', { qos: 1 });
  });

  it('a will: it is not published for a client that has none', async () => {
    const broker = await startMosquitto();
    ends.push(() => broker.stop());
    const module = await moduleOn(broker);
    module.faults.on('open-fails=5');
    const will = { topic: 'left', payload: 'of the first', qos: 1 } as const;
    await expect(program(module, { will })).rejects.toMatchObject({ code: 'OPEN_FAILED' });
    module.faults.off('open-fails');
    const { output } = await mosquittoSub(broker, ['-t', 'left', '-t', 'end', '-C', '1', '-F', '%t']);
    const first = await program(module, {});
    const lost = once(first, 'close');
    module.dropBroker();
    await lost;
    const second = await program(module, {});
    await second.publish('end', '', { qos: 1 });
    expect((await output).toString()).toBe('end\n');
  });

  it('a triple: the module logs in as it is told', async () => {
    const broker = await startMosquitto();
    ends.push(() => broker.stop());
    const module = await moduleOn(broker);
    const factory = await openModem(module.url);
    await factory.send('AT+LMQTTCFG="cloud",0,2,1');
    await factory.send('AT+LMQTTCFG="aliauth",0,"pk","dn","secret"');
    await factory.close();
    const connected = broker.logs('as meter-7 ');
    await program(module, { clientId: 'meter-7' });
    await connected;
  });

  it('hex payloads: what is published is what arrives', async () => {
    const broker = await startMosquitto();
    ends.push(() => broker.stop());
    const module = await moduleOn(broker);
    const other = await openModem(module.url);
    await other.send('AT+LMQTTCFG="send/mode",0,2');
    await other.close();
    const { output } = await mosquittoSub(broker, ['-t', 'up', '-C', '1', '-F', '%p']);
    const client = await program(module, {});
    await client.publish('up', 'cafe', { qos: 1 });
    expect((await output).toString()).toBe('cafe\n');
  });
});
