import type { Client } from '../../../../src/client/client.js';
import { connect } from '../../../../src/client/connect.js';
import type { ConnectOptions } from '../../../../src/client/options.js';
import type { Qos } from '../../../../src/dialects/dialect.js';
import type { SimulatedModemOptions } from '../../../../src/simulator/options.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import { NotRun } from '../../shared/not-run.js';
import type { Ability, Broker, Door, Endpoint } from '../brokers/broker.js';
import type { FarClient, FarDriver, FarOptions } from '../far/far-client.js';
import { type MqttJsOptions, openMqttJs } from '../far/mqttjs.js';
import type { Cleanup } from './cleanup.js';
import { Inbox } from './inbox.js';
import { Tap } from './tap.js';
import { okWith, type Verdict } from './verdict.js';

/** A message as it comes out of the module: neither QoS nor retain flag is told. */
export interface NearMessage {
  readonly topic: string;
  readonly payload: Buffer;
}

/** Our client, the module it drives, and the tap between the module and the broker. */
export interface Near {
  readonly client: Client;
  readonly inbox: Inbox<NearMessage>;
  readonly module: SimulatedModem;
  readonly tap: Tap;
}

export interface NearOptions extends Partial<ConnectOptions> {
  /** The door of the broker, default `plain`. */
  readonly door?: Door;
  readonly module?: SimulatedModemOptions;
  /** What our client opens, given where the module is; by default just that. */
  readonly port?: (url: string) => string;
}

/** What one cell works with; whatever it opens is closed at its end. */
export class Bench {
  readonly broker: Broker;
  /** Topics below it belong to this cell alone. */
  readonly prefix: string;
  readonly #driver: FarDriver;
  readonly #cleanup: Cleanup;

  constructor(broker: Broker, driver: FarDriver, prefix: string, cleanup: Cleanup) {
    this.broker = broker;
    this.prefix = prefix;
    this.#driver = driver;
    this.#cleanup = cleanup;
  }

  topic(rest: string): string {
    return `${this.prefix}/${rest}`;
  }

  /** An id that no other cell uses, within the 23 characters of MQTT 3.1. */
  id(name: string): string {
    return `${this.prefix.replaceAll('/', '-')}-${name}`;
  }

  needs(ability: Ability): void {
    const reason = this.broker.lacks[ability];
    if (reason !== undefined) throw new NotRun(reason);
  }

  /** For cells in which the far side publishes with QoS 2. */
  needsQos2(): void {
    this.needs('qos2');
    if (this.#driver.insistsOn !== undefined) this.needs(this.#driver.insistsOn);
  }

  /** It works, apart from what the broker lacks of these. */
  fineBut(...abilities: readonly Ability[]): Verdict | undefined {
    const reasons = abilities.flatMap((ability) => this.broker.lacks[ability] ?? []);
    return reasons.length === 0 ? undefined : okWith(reasons.join('; '));
  }

  /** With which QoS a subscriber who asked for this one gets what was published with it. */
  delivered(qos: Qos): Qos {
    return qos === 2 && this.broker.lacks.deliversQos2 !== undefined ? 1 : qos;
  }

  /** A module and our client on it, connected through the broker's door. */
  async near({
    door = 'plain',
    module: setup,
    port = (url) => url,
    ...options
  }: NearOptions = {}): Promise<Near> {
    const endpoint = this.endpoint(door);
    const tap = await Tap.start(endpoint);
    this.#cleanup.add(() => tap.close());
    const module = await SimulatedModem.start({ listen: 'tcp://127.0.0.1:0', ...setup, broker: tap.url });
    this.#cleanup.add(() => module.close());
    const client = await connect(port(module.url), {
      broker: 'mqtt://broker.example',
      ...endpoint.login,
      ...options,
    });
    this.#cleanup.add(() => client.end({ force: true }));
    return { client, inbox: nearInbox(client, this.#cleanup), module, tap };
  }

  /** The client on the far side. */
  async far(options: FarOptions = {}): Promise<FarClient> {
    const { door } = this.#driver;
    const far = await this.#driver.open(this.endpoint(door), options);
    this.#cleanup.add(() => far.end());
    return far;
  }

  /** MQTT.js over TCP, for what any ordinary client would see. */
  async witness(
    options: MqttJsOptions = {},
    door: Door = 'plain',
  ): Promise<Awaited<ReturnType<typeof openMqttJs>>> {
    const witness = await openMqttJs('mqtt', this.endpoint(door), options);
    this.#cleanup.add(() => witness.end());
    return witness;
  }

  /** Where a door is; throws `NotRun` if the broker has none. */
  endpoint(door: Door): Endpoint {
    const endpoint = this.broker.doors[door];
    if (typeof endpoint === 'string') throw new NotRun(endpoint);
    return endpoint;
  }
}

function nearInbox(client: Client, cleanup: Cleanup): Inbox<NearMessage> {
  const inbox = new Inbox<NearMessage>();
  client.on('message', (topic, payload) => inbox.push({ topic, payload }));
  cleanup.add(() => inbox.close());
  return inbox;
}
