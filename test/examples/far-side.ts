import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { type EmbeddedBroker, startBroker } from '../../src/simulator/embedded-broker.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';

/** What the examples give as broker: the simulated module connects to its own. */
export const BROKER = 'mqtt://broker.example';

/** A real broker, closed at the end of the test. */
export async function aBroker(port = 0): Promise<EmbeddedBroker> {
  const broker = await startBroker({ port });
  onTestFinished(() => broker.close());
  return broker;
}

/** A simulated module on a TCP port, for another process; closed at the end of the test. */
export async function aModule(broker: string, options: SimulatedModemOptions = {}): Promise<SimulatedModem> {
  const module = await SimulatedModem.start({ broker, listen: 'tcp://127.0.0.1:0', ...options });
  onTestFinished(() => module.close());
  return module;
}

/** An empty folder, removed at the end of the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-example-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An ordinary client of a broker, which writes down what it hears. */
export class Listener {
  /** `<qos> <topic> <payload>`, in the order of arrival. */
  readonly heard: string[] = [];
  readonly client: MqttClient;

  private constructor(client: MqttClient) {
    this.client = client;
    client.on('message', (topic, payload, { qos }) => this.heard.push(`${qos} ${topic} ${payload}`));
  }

  /** Subscribed when this resolves; ended with the test. */
  static async on(url: string, topic = '#', options: mqtt.IClientOptions = {}): Promise<Listener> {
    const client = await mqtt.connectAsync(url, options);
    onTestFinished(() => client.endAsync(true));
    const listener = new Listener(client);
    await client.subscribeAsync(topic, { qos: 2 });
    return listener;
  }

  /** Resolves when all of these have been heard. */
  async hears(...wanted: readonly string[]): Promise<void> {
    while (wanted.some((one) => !this.heard.includes(one))) {
      await new Promise((resolve) => this.client.once('message', resolve));
    }
  }
}
