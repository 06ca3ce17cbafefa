import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import type { Client } from '../../src/client/client.js';
import type { ClientEvents } from '../../src/client/client-types.js';
import type { DeviceTriple } from '../../src/dialects/dialect.js';
import { ModemError } from '../../src/errors/modem-error.js';
import type { CloudConnectOptions } from '../../src/provisioning/aliyun-options.js';
import { connect } from '../../src/provisioning/connect.js';
import { type AliyunCloud, startAliyunCloud } from '../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { openTransport, type TransportSource } from '../../src/transport/open.js';
import { formatTrace } from '../../src/transport/trace.js';

const TLS = {
  key: readFileSync(new URL('../simulator/tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../simulator/tls/cert.pem', import.meta.url)),
};

/** What a client does in these tests: it comes back at once. */
const HURRIED = { reconnectPeriod: 10, maxReconnectPeriod: 50, registrationTimeout: 0 };

/** A simulated cloud that knows devices, a port whose module can be exchanged, and clients on the port. */
export class LoginWorld {
  readonly cloud: AliyunCloud;
  /** Logins in order: device name and cid. */
  readonly logins: string[] = [];
  /** Command lines of all modules, in order. */
  readonly commands: string[] = [];
  /** Traces, URCs, errors and steps of recovery: what a person gets to see. */
  readonly #told: unknown[] = [];
  readonly #devices: readonly DeviceTriple[];
  #module: SimulatedModem | undefined;

  private constructor(cloud: AliyunCloud, devices: readonly DeviceTriple[]) {
    this.cloud = cloud;
    this.#devices = devices;
    cloud.events.on('login', ({ deviceName, cid }) => this.logins.push(`${deviceName} ${cid}`));
  }

  static async start(devices: readonly DeviceTriple[]): Promise<LoginWorld> {
    const productKey = devices[0]?.productKey ?? '';
    const cloud = await startAliyunCloud({ products: [{ productKey, devices }], tls: TLS });
    onTestFinished(() => cloud.close());
    const world = new LoginWorld(cloud, devices);
    onTestFinished(() => world.#expectNoSecret());
    return world;
  }

  get module(): SimulatedModem {
    if (this.#module === undefined) throw new Error('no module is on the port');
    return this.#module;
  }

  /** Puts a module on the port; the one before is gone. */
  async put(options: SimulatedModemOptions = {}): Promise<SimulatedModem> {
    const before = this.#module;
    const module = await SimulatedModem.start({ broker: this.cloud.url, seed: 1, ...options });
    onTestFinished(() => module.close());
    module.on('command', (line) => this.commands.push(line));
    this.#module = module;
    await before?.close();
    return module;
  }

  /** The port: opened again, it leads to the module that is on it then. */
  readonly port: TransportSource = () => openTransport(this.module.url);

  async connect(options: CloudConnectOptions): Promise<Client> {
    const trace = {
      trace: (entry: Parameters<typeof formatTrace>[0]) => this.#told.push(formatTrace(entry)),
    };
    const client = await connect(this.port, { ...HURRIED, ...trace, ...options });
    await new Promise<void>((up) => client.once('connect', () => up()));
    onTestFinished(() => client.end({ force: true }));
    client.on('urc', (line) => this.#told.push(line));
    client.on('error', (error) => this.#told.push(error));
    client.on('recovery', (step) => this.#told.push(step));
    return client;
  }

  /** Why there is no client. */
  async refusal(options: CloudConnectOptions): Promise<ModemError> {
    const error = await this.connect(options).catch((reason: unknown) => reason);
    this.#told.push(error);
    expect(error).toBeInstanceOf(ModemError);
    return error as ModemError;
  }

  async nextLogin(): Promise<void> {
    await once(this.cloud.events, 'login');
  }

  #expectNoSecret(): void {
    const all = inspect(this.#told, {
      depth: null,
      showHidden: true,
      maxStringLength: null,
      maxArrayLength: null,
    });
    expect(this.#told.length).toBeGreaterThan(0);
    for (const { deviceSecret } of this.#devices) expect(all).not.toContain(deviceSecret);
  }
}

/** Resolves with the arguments of the next event that `wanted` says yes to. */
export function happens<K extends keyof ClientEvents>(
  client: Client,
  name: K,
  wanted: (...args: ClientEvents[K]) => boolean = () => true,
): Promise<ClientEvents[K]> {
  return new Promise((resolve) => {
    const listener = (...args: ClientEvents[K]) => {
      if (!wanted(...args)) return;
      client.off(name, listener as never);
      resolve(args);
    };
    client.on(name, listener as never);
  });
}
