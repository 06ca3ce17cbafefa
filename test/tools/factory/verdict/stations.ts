import type { Latency } from '../../../../src/simulator/options.js';
import type { StationProcess } from '../station-process.js';
import type { World } from '../world.js';
import { readBooks } from './books.js';
import { judgeHeard, judgeProofs } from './cloud.js';
import { judgeSecrets } from './told.js';

export interface StationPlan {
  readonly seed: number;
  readonly stations: number;
  /** Of each station. */
  readonly ports: number;
  /** Modules, and as many triples. */
  readonly units: number;
  readonly latency: Latency;
  /** ms that the run may take. */
  readonly limit: number;
}

/** Each triple exactly once, each module exactly once, whoever worked on it. */
export function stationsVerdict(
  { units }: StationPlan,
  { ledger, witness }: World,
  stations: readonly StationProcess[],
): string[] {
  const books = readBooks(ledger);
  const { attempts, triples } = books;
  const passed = attempts.filter(({ outcome }) => outcome === 'passed');
  const count = (values: readonly (string | number | null)[]) => new Set(values).size;
  const counts: Readonly<Record<string, number>> = {
    'attempts that passed': passed.length,
    'IMEIs of them': count(passed.map(({ imei }) => imei)),
    'triples of them': count(passed.map(({ triple_id }) => triple_id)),
    'triples verified': triples.filter(({ state }) => state === 'verified').length,
    'device names that modules were told': count(witness.heard.map(({ deviceName }) => deviceName)),
    'devices that logged in': count(witness.logins.map(({ deviceName }) => deviceName)),
    logins: witness.logins.length,
    results: stations.flatMap(({ lines }) => lines).filter(({ event }) => event === 'result').length,
  };
  const wrong = Object.entries(counts).filter(([, value]) => value !== units);
  const others = attempts.filter(({ outcome }) => outcome !== 'passed');
  return [
    ...wrong.map(([what, value]) => `${what}: ${value}, not ${units}`),
    ...others.map((attempt) => `an attempt did not pass: ${JSON.stringify(attempt)}`),
    ...books.faults,
    ...judgeHeard(witness),
    ...judgeProofs(witness, books),
    ...judgeSecrets({ ledger, seen: witness, stations, trace: '' }),
    ...stations.flatMap(({ stderr, exit }) => (stderr === '' && exit?.code === 130 ? [] : [stderr])),
  ];
}
