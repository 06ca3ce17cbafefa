import mqtt, { type MqttClient } from 'mqtt';
import type { Client } from '../../src/client/client.js';
import type { ClientEvents } from '../../src/client/client-types.js';
import { connect } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/options.js';
import type { Degradation } from '../../src/dialects/dialect.js';
import {
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startBroker,
} from '../../src/simulator/embedded-broker.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';

export interface RigOptions {
  readonly module?: SimulatedModemOptions;
  readonly broker?: EmbeddedBrokerOptions;
}

/** A real broker, a simulated module on it, and ordinary MQTT clients beside it. */
export class Rig {
  readonly broker: EmbeddedBroker;
  readonly module: SimulatedModem;
  /** What our clients do without, from their first session on. */
  readonly degradations: Degradation[] = [];
  /** What they gave up, from their first session on. */
  readonly undelivered: ClientEvents['undelivered'][] = [];
  readonly #clients: Client[] = [];
  readonly #others: MqttClient[] = [];

  private constructor(broker: EmbeddedBroker, module: SimulatedModem) {
    this.broker = broker;
    this.module = module;
  }

  static async start(options: RigOptions = {}): Promise<Rig> {
    const broker = await startBroker(options.broker);
    return new Rig(broker, await SimulatedModem.start({ broker: broker.url, ...options.module }));
  }

  /** Our client, connected through the module unless it starts offline. */
  async connect(options: Partial<ConnectOptions> = {}, port = this.module.url): Promise<Client> {
    const client = await connect(port, {
      broker: 'mqtt://broker.example',
      reconnectPeriod: 20,
      maxReconnectPeriod: 100,
      registrationTimeout: 0,
      ...options,
    });
    this.#clients.push(client);
    client.on('degraded', (degradation) => this.degradations.push(degradation));
    client.on('undelivered', (...one) => this.undelivered.push(one));
    // Whoever waits for the next session is not to take this one for it.
    if (options.offlineStart !== true) await new Promise<void>((up) => client.once('connect', () => up()));
    return client;
  }

  /** An ordinary client, straight to the broker; subscribed when it returns. */
  async other(topic?: string, options: mqtt.IClientOptions = {}): Promise<MqttClient> {
    const other = await mqtt.connectAsync(this.broker.url, options);
    this.#others.push(other);
    if (topic !== undefined) await other.subscribeAsync(topic, { qos: 2 });
    return other;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end({ force: true })));
    await Promise.all(this.#others.map((other) => other.endAsync(true)));
    await this.module.close();
    await this.broker.close();
  }
}

/** The next message of an ordinary client. */
export function nextFrom(
  other: MqttClient,
): Promise<{ topic: string; payload: Buffer; retain: boolean; qos: number }> {
  return new Promise((resolve) => {
    other.once('message', (topic, payload, { retain, qos }) => resolve({ topic, payload, retain, qos }));
  });
}

/** What an ordinary client receives, in the order of arrival. */
export class Arrivals {
  /** Payloads in hex. */
  readonly payloads: string[] = [];
  readonly #other: MqttClient;

  constructor(other: MqttClient) {
    this.#other = other;
    other.on('message', (_topic, payload) => this.payloads.push(payload.toString('hex')));
  }

  /** Resolves when each of these has arrived: a publisher can know of it earlier than the receiver. */
  async until(expected: readonly (string | Buffer)[]): Promise<void> {
    const missing = () => expected.some((payload) => !this.payloads.includes(hex(payload)));
    while (missing()) await new Promise((resolve) => this.#other.once('message', resolve));
  }
}

export function hex(payload: string | Buffer): string {
  return Buffer.from(payload).toString('hex');
}
