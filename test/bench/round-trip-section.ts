import { overBareSerialport, overMemory, overPty, overTcp } from './round-trip.js';
import type { Section } from './section.js';
import { median, type Summary } from './statistics.js';

const ROUNDS = 3;

const CONTENDERS = {
  memory: overMemory,
  tcp: overTcp,
  pty: overPty,
  'bare serialport': overBareSerialport,
} as const;

type Name = keyof typeof CONTENDERS;

export async function roundTripSection(): Promise<Section> {
  const trips = await roundTrips();
  return {
    ratios: { 'pty / bare serialport': trips.pty.perSecond / trips['bare serialport'].perSecond },
    data: { roundTrips: trips },
    lines: [
      'AT+CSQ round trip        per second     p50     p99',
      ...Object.entries(trips).map(
        ([name, { perSecond, p50, p99 }]) =>
          `${name.padEnd(24)} ${perSecond.toFixed(0).padStart(10)} ${p50.toFixed(0).padStart(4)} µs ${p99.toFixed(0).padStart(4)} µs`,
      ),
    ],
  };
}

/** All contenders in turn, several times: the machine's mood is shared fairly. */
async function roundTrips(): Promise<Record<Name, Summary>> {
  const names = Object.keys(CONTENDERS) as Name[];
  const runs = new Map<Name, Summary[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) runs.get(name)?.push(await CONTENDERS[name]());
  }
  const pick = (name: Name, key: keyof Summary) => median((runs.get(name) ?? []).map((run) => run[key]));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { perSecond: pick(name, 'perSecond'), p50: pick(name, 'p50'), p99: pick(name, 'p99') },
    ]),
  ) as Record<Name, Summary>;
}
