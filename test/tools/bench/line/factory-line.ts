import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Ledger } from '../../../../src/provisioning/ledger/ledger.js';
import { Station } from '../../../../src/provisioning/station/station.js';
import { temporaryFolder } from '../../../helpers/processes.js';
import { type FloorPlan, type ModuleLog, type ModuleTimes, now } from './floor-messages.js';
import { FloorProcess } from './floor-process.js';
import { type LedgerCost, LedgerMeter } from './ledger-meter.js';
import { type Added, addedTimes, PARTS, type UnitLog } from './unit-times.js';

/** As issue 4 names them: start 3 s, registration 2 s, open and connect 1.5 s, proof 1 s. */
export const TIMES: ModuleTimes = { start: 3_000, registration: 2_000, connect: 1_500, proof: 1_000 };

const OWN_TIME = Object.values(TIMES).reduce((sum: number, ms: number) => sum + ms, 0);

const USUAL = { unitsPerPort: 3, times: TIMES, answer: 0, socket: 'serial' } as const;

/** What a line achieved. Times in ms, per unit. */
export interface LineResult {
  readonly plan: FloorPlan;
  readonly units: number;
  /** All ports together, each from its first module to the result of its last. */
  readonly unitsPerHour: number;
  /** If a unit took no more than the module's own times. */
  readonly idealPerHour: number;
  readonly ratio: number;
  readonly added: Added;
  /** Command lines per unit. */
  readonly commands: number;
  readonly ledger: LedgerCost;
  /** CPU time of the station's process. */
  readonly cpu: number;
}

/** Runs all units of a line, each port at its own pace, with one ledger on disk. Rejects if one did not pass. */
export async function factoryLine(options: Partial<FloorPlan> & { ports: number }): Promise<LineResult> {
  const plan: FloorPlan = { ...USUAL, apart: Math.round(OWN_TIME / options.ports), ...options };
  const floor = await FloorProcess.start(plan);
  const folder = await temporaryFolder();
  const ledger = await Ledger.open(join(folder, 'ledger'), { create: true });
  try {
    const rows = floor.ready.triples.map((triple, index) => ({ line: index + 2, triple }));
    ledger.importTriples({ source: 'bench.csv', operator: 'bench' }, rows);
    return await measure(plan, floor, ledger);
  } finally {
    ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(plan: FloorPlan, floor: FloorProcess, ledger: Ledger): Promise<LineResult> {
  const { urls, registrationUrl } = floor.ready;
  const units: UnitLog[][] = urls.map(() => []);
  const modules: ModuleLog[][] = urls.map(() => []);
  const phases: UnitLog['phases'][number][][] = urls.map(() => []);
  const stop = new AbortController();
  const total = plan.ports * plan.unitsPerPort;
  let done = 0;
  const station = new Station({
    ...{ ledger, station: 'bench', operator: 'bench', ports: urls },
    login: { region: 'cn-shanghai' },
    registration: { url: registrationUrl },
  });
  station.on('status', ({ port, phase }) => {
    const list = phases[urls.indexOf(port)];
    if (list !== undefined && list.at(-1)?.phase !== phase) list.push({ phase, at: now() });
  });
  station.on('result', ({ port, outcome, reason }) => {
    const index = urls.indexOf(port);
    if (outcome !== 'passed') throw new Error(`${port}: ${outcome}, ${reason?.message}`);
    units[index]?.push({ phases: phases[index] ?? [], finished: now() });
    phases[index] = [];
    done += 1;
    if (done === total) stop.abort();
    floor.tell({ kind: 'next', port: index });
  });
  floor.on('module', (log) => modules[log.port]?.push(log));
  const meter = new LedgerMeter();
  const cpu = process.cpuUsage();
  floor.tell({ kind: 'begin' });
  await station.run(stop.signal);
  const { user, system } = process.cpuUsage(cpu);
  const cost = meter.end();
  await floor.end();
  return summary(plan, units, modules, { ledger: cost, cpu: (user + system) / 1000 });
}

/** `units` and `modules` by port, in their order. */
function summary(
  plan: FloorPlan,
  units: readonly (readonly UnitLog[])[],
  modules: readonly (readonly ModuleLog[])[],
  { ledger, cpu }: Pick<LineResult, 'ledger' | 'cpu'>,
): LineResult {
  const rates = units.map((own, port) => {
    const span = (own.at(-1)?.finished ?? Number.NaN) - (modules[port]?.[0]?.poweredOn ?? Number.NaN);
    return (own.length / span) * 3_600_000;
  });
  const count = units.flat().length;
  const unitsPerHour = rates.reduce((sum, rate) => sum + rate, 0);
  const idealPerHour = (plan.ports * 3_600_000) / OWN_TIME;
  const logs = modules.flat();
  const added = units.flat().map((unit, index) => addedTimes(unit, logs[index] as ModuleLog, plan.times));
  return {
    ...{ plan, units: count, unitsPerHour, idealPerHour, ratio: unitsPerHour / idealPerHour },
    added: Object.fromEntries(PARTS.map((part) => [part, mean(added.map((one) => one[part]))])) as Added,
    commands: mean(logs.map(({ commands }) => commands.length)),
    ledger: {
      synced: ledger.synced / count,
      noted: ledger.noted / count,
      spent: ledger.spent / count,
      longest: ledger.longest,
    },
    cpu: cpu / count,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
