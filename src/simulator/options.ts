import type { ConnectionOptions } from 'node:tls';
import { checkInteger, checkOneOf } from '../at/checks.js';
import { PROFILES, type Profile, type ProfileName } from '../dialects/lmqtt/profiles.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { type Identity, identityOf } from './identity.js';
import type { BrokerRouteOptions } from './mqtt/broker-route.js';
import { changeNetwork, type NetworkState, USUAL_NETWORK } from './network.js';

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
   * `mqtt://host:port`: where every LMQTTOPEN ends up, whatever it asks for; without it, the host and port of
   * LMQTTOPEN are really used. Whether it speaks TLS is the module's setting.
   */
  readonly broker?: string;
  /** `memory:` (a fresh name, the default), `memory:name`, `tcp://127.0.0.1:0`, `pty:/path/of/link`. */
  readonly listen?: string;
  /** Default `nt26`. */
  readonly profile?: ProfileName;
  readonly identity?: Partial<Identity>;
  readonly network?: Partial<NetworkState>;
  /** The triple (`cloud` and `aliauth`) survives LMQTTCLOSE, restarts and power-off [A]; default false. */
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
export interface Setup {
  readonly listen: string;
  readonly profile: Profile;
  readonly identity: Identity;
  readonly network: NetworkState;
  readonly keepsTriple: boolean;
  readonly echo: boolean;
  readonly latency: Required<Latency>;
  readonly baudRate: number | undefined;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly route: BrokerRouteOptions;
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

/** Completes the options; throws an `ArgumentError`. */
export function setupOf(options: SimulatedModemOptions): Setup {
  checkOptions(options, NAMES, { example: "{ broker: 'mqtt://127.0.0.1:1883' }" });
  const nested = { field: 'latency', prefix: 'latency.', example: '{ response: 500 }' };
  checkOptions(options.latency ?? {}, LATENCY_NAMES, nested);
  const {
    broker,
    listen = 'memory:',
    profile = 'nt26',
    echo = true,
    keepsTriple = false,
    baudRate,
  } = options;
  const { seed = Math.floor(Math.random() * MAX_SEED), faults = [], unknownHosts = [], tls } = options;
  checkOneOf('profile', profile, ['nt26', 'nt35e']);
  const latency = { ...NO_LATENCY, ...options.latency };
  for (const [name, ms] of Object.entries(latency)) checkInteger(`latency.${name}`, ms, 0, MAX_LATENCY);
  return {
    listen,
    profile: PROFILES[profile],
    identity: identityOf(profile, options.identity),
    network: changeNetwork(USUAL_NETWORK, options.network ?? {}),
    keepsTriple: checkOneOf('keepsTriple', keepsTriple, [true, false]),
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

function parseBroker(broker: string): { host: string; port: number } {
  const url = URL.canParse(broker) ? new URL(broker) : undefined;
  if (url === undefined || !/^mqtts?:$/.test(url.protocol) || url.hostname === '') {
    throw new ArgumentError('broker', JSON.stringify(broker), 'a URL such as mqtt://host:1883');
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || DEFAULT_MQTT_PORT) };
}
