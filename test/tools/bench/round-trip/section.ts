import { unlessMissing } from '../../shared/not-run.js';
import { middle, type Summary } from '../../shared/statistics.js';
import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { bareMemory, bareSerialport, bareTcp } from './bare.js';
import { cEngine } from './c-engine.js';
import { overMemory, overPty, overTcp } from './ours.js';
import { pyserial, serialportGsm } from './peers.js';

const ROUNDS = 3;

const CONTENDERS = {
  memory: overMemory,
  'memory, bare': bareMemory,
  tcp: overTcp,
  'tcp, bare socket': bareTcp,
  pty: overPty,
  'pty, bare serialport': bareSerialport,
  'pty, serialport-gsm': serialportGsm,
  'pty, pyserial': pyserial,
  'pty, a loop in C': cEngine,
} as const;

type Name = keyof typeof CONTENDERS;
type Result = Summary | { readonly notRun: string };

export async function roundTripSection(): Promise<Section> {
  const trips = await roundTrips();
  return {
    ratios: Object.fromEntries(ratios(trips)),
    data: { roundTrips: Object.fromEntries(trips) },
    lines: [
      ...table(
        ['AT+CSQ round trip', 'per second', 'p50', 'p99', 'CPU'],
        [...trips].flatMap(([name, result]) => ('notRun' in result ? [] : [[name, ...figures(result)]])),
      ),
      ...[...trips].flatMap(([name, result]) =>
        'notRun' in result ? `${name}: not run: ${result.notRun}` : [],
      ),
      added(trips, 'memory', 'memory, bare'),
      added(trips, 'tcp', 'tcp, bare socket'),
    ],
  };
}

/** All contenders in turn, several times: the machine's mood is shared fairly. */
async function roundTrips(): Promise<Map<Name, Result>> {
  const names = Object.keys(CONTENDERS) as Name[];
  const runs = new Map<Name, Result[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) runs.get(name)?.push(await unlessMissing(CONTENDERS[name]));
  }
  return new Map([...runs].map(([name, results]) => [name, settled(results)]));
}

function settled(results: readonly Result[]): Result {
  return results.find((result) => 'notRun' in result) ?? middle(results as readonly Summary[]);
}

function* ratios(trips: ReadonlyMap<Name, Result>): Generator<[string, number]> {
  const ours = trips.get('pty');
  for (const [name, result] of trips) {
    if (!name.startsWith('pty, ') || ours === undefined || 'notRun' in ours || 'notRun' in result) continue;
    yield [`pty / ${name.slice('pty, '.length)}`, ours.perSecond / result.perSecond];
  }
}

function added(trips: ReadonlyMap<Name, Result>, ours: Name, bare: Name): string {
  const [one, other] = [trips.get(ours), trips.get(bare)];
  if (one === undefined || other === undefined || 'notRun' in one || 'notRun' in other)
    return `${ours}: not run`;
  return `our layers add over ${ours}: ${(one.cpu - other.cpu).toFixed(1)} µs of CPU`;
}

function figures({ perSecond, p50, p99, cpu }: Summary): string[] {
  return [perSecond.toFixed(0), ...[p50, p99, cpu].map((us) => `${us.toFixed(0)} µs`)];
}
