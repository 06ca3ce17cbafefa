import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { Bench, IMEI_A, IMEI_B } from './bench.js';
import { Fixture } from './fixture.js';

const OTHER = { identity: { imei: IMEI_B, iccid: '89860422102280054321' } };

/** ms that no test lasts: what ends a step earlier is not its time limit. */
const EVER = 3_600_000;

/** The module is looked at ten times a second. */
const WATCHED = {
  watchPeriod: 100,
  connectTimeout: EVER,
  proofTimeout: EVER,
  networkTimeout: EVER,
  modem: { startTimeout: 1_000 },
};

let bench: Bench;
let fixture: Fixture | undefined;
afterEach(async () => {
  fixture?.close();
  fixture = undefined;
  await bench.stop();
});

/** The next command line of this kind. */
async function command(module: SimulatedModem, pattern: RegExp): Promise<string> {
  for (;;) {
    const [line] = (await once(module, 'command')) as [string];
    if (pattern.test(line)) return line;
  }
}

it.each([
  ['connecting', /LMQTTOPEN/],
  ['proving', /LMQTTPUB=/],
] as const)(
  'notices within seconds that a module was pulled while %s, and serves the next one',
  async (phase, pattern) => {
    bench = await Bench.start();
    const first = await bench.put(bench.port());
    const second = await bench.put(bench.port(), OTHER);
    // The module takes the command, and the cloud does not answer.
    first.on('command', (line) => {
      if (pattern.test(line)) first.faults.on('broker-loss');
    });
    fixture = new Fixture(bench.port(), first.url);
    const run = bench.run([fixture.port], WATCHED);
    await run.phase(phase);
    await command(first, /CGSN/);
    first.faults.on('silent');
    const lost = await run.result(1);
    expect(lost).toMatchObject({ outcome: 'failed', imei: IMEI_A, reason: { code: 'MODULE_LOST' } });
    expect(bench.ledger.triples({ imei: IMEI_A })).toMatchObject([
      { state: 'failed', deviceName: 'meter-1' },
    ]);
    fixture.exchange(second.url);
    expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-2' });
    first.faults.off('silent');
    first.faults.off('broker-loss');
    first.removeAllListeners('command');
    fixture.exchange(first.url, 'AT\r');
    expect(await run.result(3)).toMatchObject({ outcome: 'passed', imei: IMEI_A, deviceName: 'meter-1' });
  },
);

it.each([
  ['connecting', { latency: { roundTrip: EVER } }],
  ['network', { network: { registration: 2 } }],
] as const)('notices while %s that another module answers, without a boot marker', async (phase, options) => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), options);
  const second = await bench.put(bench.port(), OTHER);
  fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port], WATCHED);
  await run.phase(phase);
  fixture.exchange(second.url, `${await command(first, /CGSN/)}\r`);
  const lost = await run.result(1);
  if (phase === 'connecting') {
    expect(lost).toMatchObject({ imei: IMEI_A, reason: { code: 'MODULE_LOST' } });
    expect(lost.reason?.message).toContain(IMEI_B);
    expect(bench.ledger.triples({ imei: IMEI_A })).toMatchObject([{ state: 'failed' }]);
    expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-2' });
  } else {
    // Nothing was begun with the first one.
    expect(lost).toMatchObject({ outcome: 'passed', imei: IMEI_B, deviceName: 'meter-1' });
    expect(bench.ledger.triples({ imei: IMEI_A })).toEqual([]);
  }
});

it('does not wait for the end of a pause when another module is there', async () => {
  bench = await Bench.start();
  const first = await bench.put(bench.port(), { network: { registration: 2 } });
  const second = await bench.put(bench.port(), OTHER);
  fixture = new Fixture(bench.port(), first.url);
  const run = bench.run([fixture.port], { ...WATCHED, networkTimeout: 30, tries: 2, retryPause: EVER });
  await run.phase('pausing');
  fixture.exchange(second.url, `${await command(first, /CGSN/)}\r`);
  expect(await run.result(1)).toMatchObject({ imei: IMEI_A, reason: { code: 'NO_NETWORK' }, tries: 1 });
  expect(await run.result(2)).toMatchObject({ outcome: 'passed', imei: IMEI_B });
});

it('asks nothing of a module that restarts because it was told to', async () => {
  bench = await Bench.start();
  const port = bench.port();
  await bench.put(port, { keepsTriple: true, latency: { boot: 1_000 } });
  const run = bench.run([port], { ...WATCHED, once: true, provePersistent: true });
  expect(await run.result()).toMatchObject({ outcome: 'passed' });
});
