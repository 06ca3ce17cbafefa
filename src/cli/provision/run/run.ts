import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { Station } from '../../../provisioning/station/station.js';
import { parsePort, portText } from '../../../provisioning/station/station-port.js';
import { checkSource } from '../../../transport/open.js';
import type { ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { requirePort } from '../../port.js';
import { withLedger } from '../open-ledger.js';
import type { LedgerOptions } from '../options.js';
import type { RunOptions } from './command.js';
import { followStation, Tally } from './follow.js';
import { makeView } from './make-view.js';
import { checkRunOptions, type PortRecord, startPortTrace, stationSetup } from './station-setup.js';

export const endless = ({ once = false }: RunOptions) => !once;

export async function run(options: RunOptions & LedgerOptions, invocation: Invocation): Promise<ExitCode> {
  const ports: string[] = [];
  for (const { slot, port } of checkRunOptions(options).map(parsePort)) {
    const source = await requirePort({ port, baud: options.baud });
    checkSource(source);
    ports.push(portText({ slot, port: source }));
  }
  return withLedger(options, (ledger) => runStation(ledger, ports, options, invocation));
}

async function runStation(
  ledger: Ledger,
  ports: readonly string[],
  options: RunOptions,
  invocation: Invocation,
): Promise<ExitCode> {
  const { trace: path, debug = false } = options;
  const { log, signal } = invocation;
  // Ports are opened by `run`: by then there is a trace.
  const record: PortRecord = (port, entry) => trace.record(port, entry);
  const setup = stationSetup(ledger, ports, options, path !== undefined || debug ? record : undefined);
  const station = new Station(setup);
  const show = debug ? (line: string) => log.trace(line) : undefined;
  const trace = startPortTrace(path, show, (sentence) => station.emit('note', sentence));
  try {
    const tally = new Tally(station.totals.startedAt);
    const facts = { station: setup.station, operator: setup.operator, ledger: ledger.path };
    const view = makeView(options, facts, { station, tally }, invocation, process.stdout);
    const exitCode = await followStation(station, view, tally, signal);
    if (signal.aborted) return exitCode;
    if (station.statuses.length === 0) throw noPorts();
    if (station.statuses.every(({ result }) => result === undefined)) throw noModules();
    return exitCode;
  } finally {
    trace.close();
  }
}

/** `--once --wait`: nothing was done either. */
function noModules(): ModemError {
  return new ModemError(
    'PORT_NOT_FOUND',
    'no port had a module that answered; `atmqtt doctor` looks into one',
  );
}

/** `--all --once` found none: nothing was done, which is no success. */
function noPorts(): ModemError {
  return new ModemError('PORT_NOT_FOUND', 'there is no serial port; `atmqtt ports` lists them');
}
