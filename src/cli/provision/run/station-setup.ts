import { hostname } from 'node:os';
import type { OpenModemOptions } from '../../../modem/open-options.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { PortWatch, type StationOptions } from '../../../provisioning/station/station-options.js';
import { operatorName } from '../operator.js';
import type { RunOptions } from './options.js';
import type { PortRecord } from './port-trace.js';

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
