import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { connectAsync } from 'mqtt';
import { expect, onTestFinished } from 'vitest';
import { registerOverHttp } from '../../src/cloud/aliyun/register-http.js';
import { registerOverModule } from '../../src/cloud/aliyun/register-module.js';
import { signedLogin } from '../../src/cloud/aliyun/wire/login.js';
import type { DeviceTriple } from '../../src/dialects/dialect.js';
import { openModem } from '../../src/dialects/open-modem.js';
import type { ModemError } from '../../src/errors/modem-error.js';
import { type AliyunCloud, startAliyunCloud } from '../../src/simulator/aliyun/aliyun-cloud.js';
import type { SimulatedModemOptions } from '../../src/simulator/options.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { formatTrace } from '../../src/transport/trace.js';

const TLS = {
  key: readFileSync(new URL('../simulator/tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../simulator/tls/cert.pem', import.meta.url)),
};

export const TARGET = {
  productKey: 'a1X2bEnP82z',
  productSecret: '7jluWm1zql7bt8qK',
  deviceName: '861326070275653',
};

export type Way = 'http' | 'mqtt';

export interface RegistrationWorld {
  readonly cloud: AliyunCloud;
  readonly module: SimulatedModem;
  /** What the cloud was asked for, e.g. `http registered`. */
  readonly asked: readonly string[];
  /** Command lines of the module. */
  readonly commands: readonly string[];
  register(way: Way, options?: RegisterOptions): Promise<DeviceTriple>;
  /** `code`, or `registered`. */
  outcome(way: Way, options?: RegisterOptions): Promise<string>;
  /** Whether the cloud lets a device with this triple in. */
  letsIn(triple: DeviceTriple): Promise<boolean>;
}

export interface RegisterOptions {
  readonly target?: Partial<typeof TARGET>;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** A simulated cloud with a product, a module that reaches it, and a modem on the module. */
export async function startRegistrationWorld(
  options: SimulatedModemOptions = {},
): Promise<RegistrationWorld> {
  const { productKey, productSecret } = TARGET;
  const cloud = await startAliyunCloud({ products: [{ productKey, productSecret }], tls: TLS });
  onTestFinished(() => cloud.close());
  const module = await SimulatedModem.start({ broker: cloud.url, ...options });
  onTestFinished(() => module.close());
  const told: unknown[] = [];
  const modem = await openModem(module.url, { trace: (entry) => told.push(formatTrace(entry)) });
  onTestFinished(() => modem.close());
  modem.on('urc', (line) => told.push(line));
  const asked: string[] = [];
  cloud.registration.events.on('request', ({ way, result }) => asked.push(`${way} ${result}`));
  const commands: string[] = [];
  module.on('command', (line) => commands.push(line));
  const secrets = new Set([productSecret]);
  onTestFinished(() => {
    const secret = cloud.registry.find(productKey, TARGET.deviceName)?.deviceSecret;
    const all = inspect(told, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null });
    for (const word of [...secrets, ...(secret === undefined ? [] : [secret])])
      expect(all).not.toContain(word);
  });
  const register: RegistrationWorld['register'] = async (way, { target: changes, ...more } = {}) => {
    const target = { ...TARGET, ...changes };
    const triple =
      way === 'http'
        ? await registerOverHttp(target, { url: cloud.registration.url, ...more })
        : await registerOverModule(modem, target, { region: 'cn-shanghai', ...more });
    secrets.add(triple.deviceSecret);
    return triple;
  };
  return {
    cloud,
    module,
    asked,
    commands,
    register,
    outcome: (way, more) =>
      register(way, more).then(
        () => 'registered',
        (error: ModemError) => {
          told.push(error);
          return error.code;
        },
      ),
    letsIn: async (triple) => {
      const login = signedLogin(triple, { cid: 'proof', method: 'hmacsha256', secureMode: 3 });
      const client = await connectAsync(cloud.url, { ...login, reconnectPeriod: 0 }, false).catch(
        () => undefined,
      );
      await client?.endAsync();
      return client !== undefined;
    },
  };
}
