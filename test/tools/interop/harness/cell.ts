import { limited } from '../../../helpers/limited.js';
import type { Broker } from '../brokers/broker.js';
import type { FarDriver } from '../far/far-client.js';
import type { Feature } from '../features/feature.js';
import { Bench } from './bench.js';
import { Cleanup } from './cleanup.js';
import { type CellResult, resultOf } from './verdict.js';

/** ms for one cell; a thousand messages each way take a few seconds, and many times that on a busy machine. */
const LIMIT = 120_000;

let cells = 0;

/** Runs one cell; whatever becomes of it, nothing of it stays. */
export async function runCell(feature: Feature, broker: Broker, driver: FarDriver): Promise<CellResult> {
  const cleanup = new Cleanup();
  cells += 1;
  const bench = new Bench(broker, driver, `open/${process.pid}/${cells}`, cleanup);
  const result = await resultOf(() => limited(feature.run(bench), LIMIT, 'the cell'));
  const left = await resultOf(async () => void (await cleanup.run()));
  return result.outcome !== 'fail' && left.outcome === 'fail' ? left : result;
}
