import type { ConnectionOptions } from 'node:tls';
import { checkInteger, checkOneOf } from '../at/checks.js';
import { signedLogin } from '../cloud/aliyun/wire/login.js';
import { findDialect } from '../dialects/find.js';
import { checkOptions, namesOf, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import type { Identity } from './module/identity.js';
import { changeNetwork, type NetworkState, USUAL_NETWORK } from './module/network.js';
import type { ModuleSetup } from './module/powered-module.js';
import type { SimulatedDialect } from './module/simulated-dialect.js';

/** ms. */
export interface Latency {
  /** From a request to what the broker says to it, and of every downlink; default 0. */
  readonly roundTrip?: number;
  /** Added to each, from 0 to this; default 0. */
  readonly jitter?: number;
  /** From a command line to its prompt or final result code; about 500 on hardware [T], default 0. */
  readonly response?: number;
  /** From the boot line to the first command line that is heard; default 0. */
  readonly boot?: number;
}

export interface SimulatedModemOptions {
  /**
   * `mqtt://host:port`: where every connection of the module ends up, whatever it asks for; without it, the host and
   * port that it asks for are really used. Whether it speaks TLS is the module's setting.
   */
  readonly broker?: string;
  /** `memory:` (a fresh name, the default), `memory:name`, `tcp://127.0.0.1:0`, `pty:/path/of/link`. */
  readonly listen?: string;
  /** Which module it is: a profile of a dialect, by default the usual one. */
  readonly profile?: string;
  readonly identity?: Partial<Identity>;
  readonly network?: Partial<NetworkState>;
  /** The triple survives the end of a session, restarts and power-off [A]; default false. */
  readonly keepsTriple?: boolean;
  /** Whether echo is on after power-on; default true: V.250 6.2.4. */
  readonly echo?: boolean;
  readonly latency?: Latency;
  /** bit/s, ten bits a byte, both ways; without it the serial line takes no time. */
  readonly baudRate?: number;
  /** Decides jitter and whatever a fault leaves to chance; a random one by default, see `SimulatedModem.seed`. */
  readonly seed?: number;
  /** Faults that are on from the start, e.g. `split=3`. */
  readonly faults?: readonly string[];
  /** Host names that do not resolve. */
  readonly unknownHosts?: readonly string[];
  /** What every TLS context holds; by default no certificate is verified. */
  readonly tls?: ConnectionOptions;
}

/** The options, complete and checked. */
export interface Setup extends ModuleSetup {
  readonly listen: string;
  readonly network: NetworkState;
  readonly latency: Required<Latency>;
  readonly baudRate: number | undefined;
  readonly seed: number;
  readonly faults: readonly string[];
}

const MAX_LATENCY = 3_600_000;
const MAX_SEED = 2 ** 32 - 1;
const DEFAULT_MQTT_PORT = 1883;
const NO_LATENCY: Required<Latency> = { roundTrip: 0, jitter: 0, response: 0, boot: 0 };

const NAMES = {
  ...{ broker: true, listen: true, profile: true, identity: true, network: true, keepsTriple: true },
  ...{ echo: true, latency: true, baudRate: true, seed: true, faults: true, unknownHosts: true, tls: true },
} as const satisfies OptionNames<SimulatedModemOptions>;

const LATENCY_NAMES = {
  ...{ roundTrip: true, jitter: true, response: true, boot: true },
} as const satisfies OptionNames<Latency>;

/** Completes the options; rejects with an `ArgumentError`. */
export async function setupOf(options: SimulatedModemOptions): Promise<Setup> {
  checkOptions(options, NAMES, { example: "{ broker: 'mqtt://127.0.0.1:1883' }" });
  const nested = { field: 'latency', prefix: 'latency.', example: '{ response: 500 }' };
  checkOptions(options.latency ?? {}, LATENCY_NAMES, nested);
  const { broker, listen = 'memory:', echo = true, keepsTriple = false, baudRate } = options;
  const { seed = Math.floor(Math.random() * MAX_SEED), faults = [], unknownHosts = [], tls } = options;
  const { entry, profile } = findDialect({ profile: options.profile });
  const latency = { ...NO_LATENCY, ...options.latency };
  for (const [name, ms] of Object.entries(latency)) checkInteger(`latency.${name}`, ms, 0, MAX_LATENCY);
  const dialect = await entry.simulated();
  return {
    ...{ listen, dialect, profile, signLogin: signedLogin },
    identity: identityOf(dialect, profile, options.identity),
    network: changeNetwork(USUAL_NETWORK, options.network ?? {}),
    flash: checkOneOf('keepsTriple', keepsTriple, [true, false]) ? new Map() : undefined,
    echo: checkOneOf('echo', echo, [true, false]),
    latency,
    baudRate: baudRate === undefined ? undefined : checkInteger('baudRate', baudRate, 300, 4_000_000),
    seed: checkInteger('seed', seed, 0, MAX_SEED),
    faults,
    route: {
      bridge: broker === undefined ? undefined : parseBroker(broker),
      unknownHosts,
      tls: tls ?? { rejectUnauthorized: false },
    },
  };
}

/** The identity of a profile, with what the caller knows better. */
function identityOf(
  { identities }: SimulatedDialect,
  profile: string,
  known: Partial<Identity> = {},
): Identity {
  const usual = identities[profile] as Identity;
  checkOptions(known, namesOf(usual), {
    field: 'identity',
    prefix: 'identity.',
    example: "{ imei: '861326070275653' }",
  });
  return { ...usual, ...known };
}

function parseBroker(broker: string): { host: string; port: number } {
  const url = URL.canParse(broker) ? new URL(broker) : undefined;
  if (url === undefined || !/^mqtts?:$/.test(url.protocol) || url.hostname === '') {
    throw new ArgumentError('broker', JSON.stringify(broker), 'a URL such as mqtt://host:1883');
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || DEFAULT_MQTT_PORT) };
}
