import { once } from 'node:events';
import mqtt from 'mqtt';
import type { Client } from '../../../../../src/client/client.js';
import { connect } from '../../../../../src/client/connect.js';
import { startBroker } from '../../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../../src/simulator/simulated-modem.js';
import { type Costs, cpuEach, type Kind, numbers } from '../kind.js';

/** Messages that are routed. */
const MESSAGES = 500;

/** A client that subscribes to each of them at once, with its module and the broker in the same process. */
export const filtersInForce: Kind = {
  sizes: [100, 1_000, 5_000],
  measure: async (count) => {
    const broker = await startBroker();
    const module = await SimulatedModem.start({ broker: broker.url, echo: false });
    const client = await connect(module.url, { broker: 'mqtt://broker.example', reconnectPeriod: 1 });
    const sender = await mqtt.connectAsync(broker.url);
    const costs = await costsOf(count, { client, module, sender });
    await sender.endAsync(true);
    await client.end();
    await module.close();
    await broker.close();
    return costs;
  },
};

interface Parties {
  readonly client: Client;
  readonly module: SimulatedModem;
  readonly sender: mqtt.MqttClient;
}

async function costsOf(count: number, { client, module, sender }: Parties): Promise<Costs> {
  const filters = numbers(count).map((number) => `meter/${number}/#`);
  const subscribed = await cpuEach(count, () => client.subscribe(filters, { qos: 1 }));
  const routed = await cpuEach(MESSAGES, () => route(client, sender, `meter/${count - 1}/down`));
  const restored = await cpuEach(count, async () => {
    const back = once(client, 'connect');
    module.dropBroker();
    await back;
  });
  return { subscribed, 'a message routed': routed, 'restored after a loss': restored };
}

async function route(client: Client, sender: mqtt.MqttClient, topic: string): Promise<void> {
  const stream = client.messages(MESSAGES);
  for (let n = 0; n < MESSAGES; n += 1) sender.publish(topic, 'x');
  for (let n = 0; n < MESSAGES; n += 1) await stream.next();
  await stream.return();
}
