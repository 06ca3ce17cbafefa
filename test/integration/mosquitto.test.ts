import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.js';
import { connect } from '../../src/client/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import {
  hasMosquitto,
  type Mosquitto,
  mosquittoPub,
  mosquittoSub,
  startMosquitto,
} from '../helpers/mosquitto.js';

const BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe.skipIf(!hasMosquitto)('with a broker and clients that are not ours', () => {
  let broker: Mosquitto;
  let module: SimulatedModem;
  let client: Client;

  beforeAll(async () => {
    broker = await startMosquitto();
    module = await SimulatedModem.start({ broker: broker.url });
    client = await connect(module.url, { broker: 'mqtt://broker.example', clientId: 'meter-7' });
  });

  afterAll(async () => {
    await client.end();
    await module.close();
    await broker.stop();
  });

  it.each([0, 1, 2] as const)('mosquitto_sub receives what is published with QoS %i', async (qos) => {
    const topic = `up/${qos}`;
    const sub = await mosquittoSub(broker, ['-t', topic, '-q', '2', '-C', '1', '-F', '%q %r %l %x']);
    await client.publish(topic, BYTES, { qos });
    expect((await sub.output).toString()).toBe(`${qos} 0 256 ${BYTES.toString('hex')}\n`);
  });

  it('what mosquitto_pub sends arrives byte for byte', async () => {
    await client.subscribe('down', { qos: 2 });
    const arrived = once(client, 'message');
    await mosquittoPub(broker.port, ['-t', 'down', '-q', '2', '-s'], BYTES);
    expect((await arrived)[1]).toEqual(BYTES);
  });
});
