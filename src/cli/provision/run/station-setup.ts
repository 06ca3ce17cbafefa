import { hostname } from 'node:os';
import { ModemError } from '../../../errors/modem-error.js';
import type { OpenModemOptions } from '../../../modem/open-options.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { PortWatch, type StationOptions } from '../../../provisioning/station/station-options.js';
import { parsePort, portsFault } from '../../../provisioning/station/station-port.js';
import { formatTrace, showTrace, type TraceEntry } from '../../../transport/trace.js';
import { TraceFile } from '../../tracing.js';
import { operatorName } from '../open-ledger.js';
import type { RunOptions } from './command.js';

/** Pairs of options that exclude each other. */
const EXCLUSIVE: readonly (readonly [keyof RunOptions, keyof RunOptions])[] = [
  ['all', 'port'],
  ['region', 'host'],
  ['registrationUrl', 'registerThroughModule'],
  ['json', 'beep'],
  ['dryRun', 'provePersistent'],
];

/**
 * Whether the options go together, and the ports of `--port`, with their names; none with `--all`. Throws
 * `INVALID_ARGUMENT`, before ledger and ports are touched.
 */
export function checkRunOptions(options: RunOptions): readonly string[] {
  for (const [one, other] of EXCLUSIVE) {
    if (isGiven(options[one]) && isGiven(options[other])) {
      throw usage(`${flag(one)} and ${flag(other)} exclude each other`);
    }
  }
  const ports = options.port === undefined ? [] : [options.port].flat();
  const fault = portsFault(ports.map(parsePort));
  if (fault !== undefined) throw usage(fault);
  if (ports.length === 0 && !isGiven(options.all)) {
    throw usage(
      'no ports: give --port <url>, several times for several ports, or --all for every serial port',
    );
  }
  if (options.wait !== undefined && !isGiven(options.once)) {
    throw usage('--wait ends a run with --once: give both, or none');
  }
  if (options.region === undefined && options.host === undefined) {
    throw usage('where the cloud is: give --region <region>, e.g. cn-shanghai, or --host <host[:port]>');
  }
  checkRegistrationUrl(options.registrationUrl);
  return ports;
}

function checkRegistrationUrl(url: string | undefined): void {
  if (url === undefined) return;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw usage(
    `--registration-url ${JSON.stringify(url)}: it must be a URL such as https://iot-auth.cn-shanghai.aliyuncs.com`,
  );
}

function isGiven(value: RunOptions[keyof RunOptions]): boolean {
  return value !== undefined && value !== false;
}

/** `registrationUrl` as it is typed: `--registration-url`. */
function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function usage(message: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', message);
}

/** Options that mean the same to the station, by the same name. */
const SAME = [
  'expectFirmware',
  'expectSim',
  'tries',
  'once',
  'wait',
  'dryRun',
  'again',
  'provePersistent',
  'requireReadBack',
  'acceptOtherSim',
  'repeatRegistration',
  'proofTopic',
  'networkTimeout',
  'registrationTimeout',
  'connectTimeout',
  'proofTimeout',
] as const satisfies readonly (keyof RunOptions & keyof StationOptions)[];

/** What the station is made of; no `ports` mean every serial port of the machine. The station checks the values. */
export function stationSetup(
  ledger: Ledger,
  ports: readonly string[],
  options: RunOptions,
  record: PortRecord | undefined,
): StationOptions {
  return {
    ledger,
    ports: ports.length === 0 ? new PortWatch() : ports,
    station: options.station ?? hostname(),
    operator: operatorName(options),
    login: given(options, ['region', 'host', 'sign']),
    modem: (_port, name) => modemOptions(name, options, record),
    ...registration(options),
    ...(options.module === undefined ? {} : { profile: options.module }),
    ...given(options, SAME),
  };
}

function modemOptions(port: string, options: RunOptions, record: PortRecord | undefined): OpenModemOptions {
  return {
    ...given(options, ['startTimeout']),
    ...(record === undefined ? {} : { trace: (entry) => record(port, entry) }),
  };
}

function registration({
  registrationUrl,
  registerThroughModule = false,
}: RunOptions): Pick<StationOptions, 'registration'> {
  if (registrationUrl !== undefined) return { registration: { url: registrationUrl } };
  return registerThroughModule ? { registration: 'module' } : {};
}

/** Those of the options that are there, under their names. */
function given<Name extends keyof RunOptions>(
  options: RunOptions,
  names: readonly Name[],
): { readonly [K in Name]?: Exclude<RunOptions[K], undefined> } {
  const entries = names.map((name): [string, unknown] => [name, options[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ReturnType<
    typeof given<Name>
  >;
}

/** Takes what went over the line of a port. */
export type PortRecord = (port: string, entry: TraceEntry) => void;

interface PortTrace {
  readonly record: PortRecord;
  close(): void;
}

/**
 * Takes the AT traffic of all ports to one file, and to `show` if it is given. Each line begins with its port: what
 * is behind that is the trace of a single port. Throws an `ArgumentError` as `TraceFile`; `onFailure` is told of later
 * failures of the file.
 */
export function startPortTrace(
  path: string | undefined,
  show: ((line: string) => void) | undefined,
  onFailure: (sentence: string) => void,
): PortTrace {
  const file = path === undefined ? undefined : new TraceFile(path, onFailure);
  return {
    record: (port, entry) => {
      file?.write(`${port} ${formatTrace(entry)}`);
      show?.(`${port} ${showTrace(entry)}`);
    },
    close: () => file?.close(),
  };
}
