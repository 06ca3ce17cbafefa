import { NotRun } from '../shared/not-run.js';
import { startAedes } from './brokers/aedes.js';
import type { Broker, BrokerName, StartBroker } from './brokers/broker.js';
import { startEjabberd } from './brokers/ejabberd.js';
import { findExternal } from './brokers/external.js';
import { startMosca } from './brokers/mosca.js';
import { startMosquitto } from './brokers/mosquitto.js';
import { startRabbitmq } from './brokers/rabbitmq.js';
import type { InteropOptions } from './command.js';
import { FAR_DRIVERS } from './far/drivers.js';
import type { FarDriver } from './far/far-client.js';
import type { Feature } from './features/feature.js';
import { FEATURES } from './features/features.js';
import { runCell } from './harness/cell.js';
import { Cleanup } from './harness/cleanup.js';
import type { CellResult } from './harness/verdict.js';
import type { Cell, Matrix } from './result/matrix.js';

const STARTERS: Readonly<Record<BrokerName, StartBroker>> = {
  aedes: startAedes,
  mosquitto: startMosquitto,
  mosca: startMosca,
  rabbitmq: startRabbitmq,
  ejabberd: startEjabberd,
  external: findExternal,
};

/** Called as each cell is done. */
type Progress = (cell: Cell) => void;

/** Runs the chosen cells: the brokers side by side, the cells of one broker one after the other. */
export async function runMatrix(options: InteropOptions, progress: Progress): Promise<Matrix> {
  const names = chosen(Object.keys(STARTERS) as BrokerName[], options.broker);
  const brokers = new Map<BrokerName, string>();
  const lanes = await Promise.all(
    names.map(async (name) => {
      const cleanup = new Cleanup();
      try {
        const broker = await startOr(STARTERS[name], cleanup);
        brokers.set(name, typeof broker === 'string' ? `${name}: ${broker}` : broker.title);
        return await runLane(name, broker, options, progress);
      } finally {
        await cleanup.run();
      }
    }),
  );
  return { brokers, cells: lanes.flat() };
}

/** The broker, or why there is none. */
async function startOr(start: StartBroker, cleanup: Cleanup): Promise<Broker | string> {
  try {
    return await start(cleanup);
  } catch (error) {
    if (error instanceof NotRun) return error.message;
    throw error;
  }
}

async function runLane(
  name: BrokerName,
  broker: Broker | string,
  options: InteropOptions,
  progress: Progress,
): Promise<Cell[]> {
  const features = FEATURES.filter((feature) => chosen([feature.name], options.feature).length > 0);
  const drivers = FAR_DRIVERS.filter((driver) => chosen([driver.name], options.client).length > 0);
  const cells: Cell[] = [];
  const add = async (feature: Feature, driver: FarDriver): Promise<void> => {
    const client = feature.scope === 'client' ? driver.name : undefined;
    const cell = { broker: name, client, feature: feature.name, ...(await outcome(feature, broker, driver)) };
    cells.push(cell);
    progress(cell);
  };
  const [witness] = FAR_DRIVERS;
  for (const feature of features) {
    if (feature.scope === 'broker' && witness !== undefined) await add(feature, witness);
  }
  for (const driver of drivers) {
    for (const feature of features) if (feature.scope === 'client') await add(feature, driver);
  }
  return cells;
}

async function outcome(feature: Feature, broker: Broker | string, driver: FarDriver): Promise<CellResult> {
  if (typeof broker === 'string') return { outcome: 'not run', note: broker };
  const missing = await driver.missing();
  if (missing !== undefined) return { outcome: 'not run', note: missing };
  return runCell(feature, broker, driver);
}

function chosen<T extends string>(all: readonly T[], wanted: readonly string[]): T[] {
  return wanted.length === 0 ? [...all] : all.filter((name) => wanted.includes(name));
}
