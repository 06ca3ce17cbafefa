import { checkInteger, checkOneOf } from '../../at/checks.js';
import type { AliyunLoginOptions } from '../../cloud/aliyun/login-options.js';
import { findDialect } from '../../dialects/find.js';
import { ArgumentError } from '../../errors/kinds.js';
import { checkModemOptionNames, checkModemOptions, type OpenModemOptions } from '../../modem/open-options.js';
import { listPorts, type PortInfo } from '../../transport/list-ports.js';
import { delay } from '../../util/delay.js';
import type { Ledger } from '../ledger/ledger.js';
import { parsePort, portsFault, type StationPort } from './station-port.js';

export interface StationOptions {
  /** Stays the caller's, who closes it after `run`. */
  readonly ledger: Ledger;
  /** Name of the station and of who works at it, for the books; 1–64 characters. */
  readonly station: string;
  readonly operator: string;
  /**
   * What `openModem` takes, each once, with a name in front of it if it has one (`slot1=/dev/ttyUSB0`); or a watch for
   * every serial port of the machine.
   */
  readonly ports: readonly string[] | PortWatch;
  /** Where the cloud is and who signs. With `sign: 'host'` nothing is written into the modules. */
  readonly login: AliyunLoginOptions;
  /** How a module without a secret gets one; by default over HTTPS at the service of the region. */
  readonly registration?: { readonly url: string } | 'module' | undefined;
  /** Which module it is, by its profile; default: the usual one. */
  readonly profile?: string;
  /** The firmware that modules must have, exact; `*` stands for any text. */
  readonly expectFirmware?: string;
  /** What the ICCID of each SIM must begin with. */
  readonly expectSim?: string;
  /** How often a unit is tried when its failure can pass, 1–100, default 3. */
  readonly tries?: number;
  /** Each port works until one module has a result, default false. */
  readonly once?: boolean;
  /** With `once`: ms that a port waits for a module, then it ends without a result; without a limit by default. */
  readonly wait?: number;
  /** Identify and check only: nothing is written to ledger or module. Default false. */
  readonly dryRun?: boolean;
  /** Prove modules again that are verified already, default false. */
  readonly again?: boolean;
  /** Let each module prove that it keeps its triple over a restart, default false. */
  readonly provePersistent?: boolean;
  /** A module that does not tell its triple fails, default false. */
  readonly requireReadBack?: boolean;
  /** A module may come again with another SIM than it was verified with, default false. */
  readonly acceptOtherSim?: boolean;
  /**
   * Ask again for registrations of earlier runs whose answer is not known: it kills the earlier secret, if there is one.
   * Default false.
   */
  readonly repeatRegistration?: boolean;
  /**
   * Prove on this topic in place of the cloud's time service: the module publishes to it and must receive that.
   * `{productKey}` and `{deviceName}` stand for those of the triple; the latter must be there.
   */
  readonly proofTopic?: string;
  /**
   * Limits in ms: for the network (default 120 000), a registration (30 000, through the module 240 000), a login
   * (120 000), a proof (20 000).
   */
  readonly networkTimeout?: number;
  readonly registrationTimeout?: number;
  readonly connectTimeout?: number;
  readonly proofTimeout?: number;
  /** ms between two looks at a port, default 1000. */
  readonly pollInterval?: number;
  /** ms between two looks whether the module that is worked on is still there, default 5000. */
  readonly watchPeriod?: number;
  /** First pause in ms before another try, default 2000; it doubles each time. */
  readonly retryPause?: number;
  /** How ports are opened, e.g. with a trace of their own; `name` is the name of the slot, or the port again. */
  readonly modem?: OpenModemOptions | ((port: string, name: string) => OpenModemOptions);
}

/** The options, checked and filled in. */
export interface StationSettings
  extends Required<Omit<StationOptions, 'modem' | 'ports' | 'registration' | OptionalName>>,
    Pick<StationOptions, OptionalName> {
  readonly ports: readonly StationPort[] | PortWatch;
  readonly registration: StationOptions['registration'];
  /** When the station was made, in ms since 1970. */
  readonly startedAt: number;
  modem(port: string, name: string): OpenModemOptions;
}

type OptionalName = 'wait' | 'expectFirmware' | 'expectSim' | 'proofTopic' | 'registrationTimeout';

const DAY = 24 * 60 * 60 * 1000;
const SWITCH = [true, false];

/** Throws an `ArgumentError`, before anything is opened. */
export function stationSettings(options: StationOptions): StationSettings {
  const { ledger, login, registration, modem = {} } = options;
  const limit = (name: LimitName, byDefault: number) =>
    checkInteger(name, options[name] ?? byDefault, 1, DAY);
  const flag = (name: FlagName) => checkOneOf(name, options[name] ?? false, SWITCH);
  const ports = portsOf(options.ports);
  if (typeof modem !== 'function') {
    checkModemOptionNames(modem);
    checkModemOptions(modem);
  }
  return {
    ...{ ledger, ports, login, registration, startedAt: Date.now() },
    station: checkName('station', options.station),
    operator: checkName('operator', options.operator),
    profile: findDialect({ profile: options.profile }).profile,
    ...(options.wait === undefined ? {} : { wait: limit('wait', DAY) }),
    ...(options.expectFirmware === undefined ? {} : { expectFirmware: options.expectFirmware }),
    ...(options.expectSim === undefined ? {} : { expectSim: checkSimPrefix(options.expectSim) }),
    ...(options.proofTopic === undefined ? {} : { proofTopic: checkProofTopic(options.proofTopic) }),
    ...(options.registrationTimeout === undefined
      ? {}
      : { registrationTimeout: limit('registrationTimeout', DAY) }),
    tries: checkInteger('tries', options.tries ?? 3, 1, 100),
    once: flag('once'),
    dryRun: flag('dryRun'),
    again: flag('again'),
    provePersistent: flag('provePersistent'),
    requireReadBack: flag('requireReadBack'),
    acceptOtherSim: flag('acceptOtherSim'),
    repeatRegistration: flag('repeatRegistration'),
    networkTimeout: limit('networkTimeout', 120_000),
    connectTimeout: limit('connectTimeout', 120_000),
    proofTimeout: limit('proofTimeout', 20_000),
    pollInterval: limit('pollInterval', 1_000),
    watchPeriod: limit('watchPeriod', 5_000),
    retryPause: limit('retryPause', 2_000),
    modem: typeof modem === 'function' ? modem : () => modem,
  };
}

type LimitName = Extract<
  keyof StationOptions,
  `${string}Timeout` | 'wait' | 'pollInterval' | 'watchPeriod' | 'retryPause'
>;
type FlagName = Exclude<
  {
    [K in keyof StationOptions]-?: StationOptions[K] extends boolean | undefined ? K : never;
  }[keyof StationOptions],
  undefined
>;

function portsOf(ports: StationOptions['ports']): StationSettings['ports'] {
  if (ports instanceof PortWatch) return ports;
  if (ports.length === 0) throw new ArgumentError('ports', 'none', 'at least one');
  const parsed = ports.map(parsePort);
  const fault = portsFault(parsed);
  if (fault === undefined) return parsed;
  throw new ArgumentError('ports', JSON.stringify(ports), 'each given once', `ports: ${fault}`);
}

function checkName(field: string, name: unknown): string {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= 64) return name;
  throw new ArgumentError(field, JSON.stringify(name), '1–64 characters');
}

function checkSimPrefix(prefix: string): string {
  if (/^[0-9A-F]{1,20}$/i.test(prefix)) return prefix.toUpperCase();
  throw new ArgumentError('expectSim', JSON.stringify(prefix), 'the first digits of an ICCID');
}

/** With the name in it the cloud lets nobody else use it: it proves which device has logged in, not just that one has. */
function checkProofTopic(topic: string): string {
  if (topic.includes('{deviceName}') && !/[#+]/.test(topic)) return topic;
  throw new ArgumentError(
    'proofTopic',
    JSON.stringify(topic),
    'a topic with {deviceName}, without wildcards',
  );
}

/** ms between two looks. */
const INTERVAL = 1_000;

/** Every serial port of this machine, also those that come while it watches. */
export class PortWatch {
  readonly #list: () => Promise<readonly Pick<PortInfo, 'path'>[]>;
  readonly #interval: number;

  /** `list` never rejects; `interval` in ms. */
  constructor(list: () => Promise<readonly Pick<PortInfo, 'path'>[]> = listPorts, interval = INTERVAL) {
    this.#list = list;
    this.#interval = interval;
  }

  /** The ports that there are now. */
  async now(): Promise<readonly string[]> {
    return (await this.#list()).map(({ path }) => path);
  }

  /** Tells each port once, when it is first seen, until the signal fires. One that vanishes is not forgotten. */
  async watch(signal: AbortSignal, found: (port: string) => void): Promise<void> {
    const known = new Set<string>();
    while (!signal.aborted) {
      for (const path of await this.now()) {
        if (known.has(path) || signal.aborted) continue;
        known.add(path);
        found(path);
      }
      await delay(this.#interval, signal);
    }
  }
}
