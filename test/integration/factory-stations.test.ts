import { expect, it } from 'vitest';
import { runStations } from '../tools/factory/run-stations.js';

// The long run is `npm run tool -- factory --stations 2 --units 1000`.
it('Two stations on one ledger give each of 40 modules its triple exactly once.', async () => {
  const plan = { seed: 7, stations: 2, ports: 4, units: 40, latency: {}, limit: 50_000 };
  const { passed, violations } = await runStations(plan);
  expect(violations).toEqual([]);
  expect(passed).toBe(40);
}, 60_000);
