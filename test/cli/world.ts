import { once } from 'node:events';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach } from 'vitest';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startBroker,
} from '../../src/simulator/embedded-broker.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';

/** A broker, a simulated module on TCP, and an ordinary client: what the commands are tried on. */
export interface World {
  readonly broker: EmbeddedBroker;
  readonly modem: SimulatedModem;
  /** Command lines that the module has taken. */
  readonly commands: string[];
  /** Options that lead a command to the module, and to the broker. */
  readonly to: readonly string[];
}

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

export async function startWorld(
  modemOptions: SimulatedModemOptions = {},
  brokerOptions: EmbeddedBrokerOptions = {},
): Promise<World> {
  const broker = await startBroker(brokerOptions);
  closers.push(() => broker.close());
  const modem = await SimulatedModem.start({
    broker: broker.url,
    listen: 'tcp://127.0.0.1:0',
    seed: 1,
    ...modemOptions,
  });
  closers.push(() => modem.close());
  const commands: string[] = [];
  modem.on('command', (line) => commands.push(line));
  return { broker, modem, commands, to: ['-p', modem.url, '-b', 'mqtt://broker.example'] };
}

export async function ordinaryClient(broker: EmbeddedBroker): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 0 });
  closers.push(() => client.endAsync(true));
  return client;
}

export interface Seen {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: number;
  readonly retain: boolean;
}

/** Subscribes at the broker; `all` resolves with the next `count` messages. */
export async function gather(
  broker: EmbeddedBroker,
  topic: string,
  count: number,
): Promise<{ readonly all: Promise<readonly Seen[]> }> {
  const client = await ordinaryClient(broker);
  const messages: Seen[] = [];
  const all = new Promise<readonly Seen[]>((resolve) => {
    client.on('message', (name, payload, { qos, retain }) => {
      messages.push({ topic: name, payload, qos, retain });
      if (messages.length === count) resolve(messages);
    });
  });
  await client.subscribeAsync(topic, { qos: 2 });
  return { all };
}

/** Resolves when somebody has subscribed at the broker. */
export async function subscribed({ aedes }: EmbeddedBroker): Promise<void> {
  await once(aedes, 'subscribe');
}
