import { acceptedPerSecond } from './outbox.js';
import { publishesPerSecond, ROUND_TRIP } from './publish-window.js';
import { overBareSerialport, overMemory, overPty, overTcp } from './round-trip.js';
import { median, type Summary } from './statistics.js';

const ROUNDS = 3;

const CONTENDERS = {
  memory: overMemory,
  tcp: overTcp,
  pty: overPty,
  'bare serialport': overBareSerialport,
} as const;

type Name = keyof typeof CONTENDERS;

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

const trips = await roundTrips();
const one = await publishesPerSecond(1, 8);
const eight = await publishesPerSecond(8, 64);
const accepted = { 1: await acceptedPerSecond(1, 2000), 100: await acceptedPerSecond(100, 20_000) };
const ratios = {
  'pty / bare serialport': trips.pty.perSecond / trips['bare serialport'].perSecond,
  'window 8 / window 1': eight / one,
};

if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({
      ratios,
      roundTrips: trips,
      publishesPerSecond: { 1: one, 8: eight },
      acceptedPerSecond: accepted,
    }),
  );
} else {
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name.padEnd(24)} ${ratio.toFixed(2)}`);
  console.log('\nAT+CSQ round trip        per second     p50     p99');
  for (const [name, { perSecond, p50, p99 }] of Object.entries(trips)) {
    console.log(
      `${name.padEnd(24)} ${perSecond.toFixed(0).padStart(10)} ${p50.toFixed(0).padStart(4)} µs ${p99.toFixed(0).padStart(4)} µs`,
    );
  }
  console.log(`\nQoS 1, 256 bytes, round trip of ${ROUND_TRIP} ms`);
  console.log(`window 1 ${one.toFixed(1).padStart(8)} per second`);
  console.log(`window 8 ${eight.toFixed(1).padStart(8)} per second`);
  console.log('\nQoS 1, 256 bytes, accepted by a durable outbox');
  for (const [atOnce, rate] of Object.entries(accepted)) {
    console.log(`${atOnce.padStart(3)} at once ${rate.toFixed(0).padStart(8)} per second`);
  }
}
