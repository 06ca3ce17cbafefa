import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { Bench, IMEI_A } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

/** The command line that begins each step, the n-th of its kind. */
const STEPS: readonly (readonly [step: string, pattern: RegExp, nth: number])[] = [
  ['write', /"aliauth",0,"/, 1],
  ['read-back', /"aliauth",0$/, 1],
  ['connect: settings', /"aliauth",0,"/, 2],
  ['connect: open', /LMQTTOPEN/, 1],
  ['connect: login', /LMQTTCONN=/, 1],
  ['prove: subscribe', /LMQTTSUBUNSUB/, 1],
  ['prove: publish', /LMQTTPUB=/, 1],
  ['disconnect', /LMQTTDISC/, 2],
  ['the last look', /CGSN/, 2],
];

/** What happens at the step, before the module carries the command out. */
function at(module: SimulatedModem, pattern: RegExp, nth: number, happens: () => void): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    module.on('command', (line) => {
      if (!pattern.test(line)) return;
      seen += 1;
      if (seen !== nth) return;
      happens();
      resolve();
    });
  });
}

async function prepared(): Promise<{ port: string; module: SimulatedModem }> {
  bench = await Bench.start();
  const port = bench.port();
  return { port, module: await bench.put(port, { identity: { imei: IMEI_A } }) };
}

/** Another run with the same module passes, with the same triple. */
async function passesAgain(port: string): Promise<void> {
  const result = await bench.runOnce([port]);
  expect(result).toMatchObject({ outcome: 'passed', imei: IMEI_A, deviceName: 'meter-1' });
  expect(bench.ledger.counts()).toMatchObject({ new: 3, verified: 1 });
}

describe.each(STEPS)('at the step %s', (_step, pattern, nth) => {
  it('a power cut fails the unit as lost, and the module passes with the same triple later', async () => {
    const { port, module } = await prepared();
    const cut = at(module, pattern, nth, () => module.powerOff());
    const run = bench.run([port], { once: true });
    await cut;
    expect(await run.result()).toMatchObject({ outcome: 'failed', reason: { code: 'MODULE_LOST' } });
    expect(bench.ledger.triples({ imei: IMEI_A })[0]?.state).toBe('failed');
    await run.ended;
    module.reboot();
    await passesAgain(port);
  });

  it('a restart of the module is tried again, and passes', async () => {
    const { port, module } = await prepared();
    const cut = at(module, pattern, nth, () => module.reboot());
    const run = bench.run([port], { once: true, tries: 3 });
    await cut;
    expect(await run.result()).toMatchObject({ outcome: 'passed', deviceName: 'meter-1', tries: 2 });
  });

  it('a port that vanishes fails the unit as lost', async () => {
    const { port, module } = await prepared();
    const cut = at(module, pattern, nth, () => void module.unplug());
    const run = bench.run([port]);
    await cut;
    expect(await run.result(1)).toMatchObject({ outcome: 'failed', reason: { code: 'MODULE_LOST' } });
    await module.plugIn();
    expect(await run.result(2)).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  });

  it('a station that is stopped says so, and the next one goes on', async () => {
    const { port, module } = await prepared();
    let run: ReturnType<Bench['run']> | undefined;
    const cut = at(module, pattern, nth, () => void run?.stop());
    run = bench.run([port]);
    await cut;
    expect(await run.ended).toMatchObject({ passed: 0, failed: 1 });
    expect(run.results[0]).toMatchObject({ outcome: 'failed', reason: { code: 'INTERRUPTED' } });
    expect(bench.ledger.attempts()[0]).toMatchObject({ outcome: 'failed', reason: { code: 'INTERRUPTED' } });
    await passesAgain(port);
  });
});

describe('a station that is stopped at a later try', () => {
  it.each([
    ['while it looks for the network', 'network'],
    ['in the pause before', 'pausing'],
    ['while it identifies the module', 'identifying'],
  ] as const)('says that it was interrupted, %s', async (_when, phase) => {
    bench = await Bench.start();
    const port = bench.port();
    await bench.put(port, { identity: { imei: IMEI_A }, network: { registration: 2 } });
    const pauses = phase === 'pausing' ? { retryPause: 60_000 } : {};
    const run = bench.run([port], { networkTimeout: 100, tries: 5, ...pauses });
    await run.phase('pausing');
    if (phase !== 'pausing') await run.phase(phase);
    await run.stop();
    expect(run.results).toMatchObject([{ outcome: 'failed', reason: { code: 'INTERRUPTED' } }]);
    expect(run.results[0]?.reason?.message).toMatch(/stopped before the result; before that: .* no network/);
    const attempts = bench.ledger.attempts().map(({ reason }) => reason?.code);
    expect(attempts).toEqual(['NO_NETWORK', 'INTERRUPTED']);
    expect(bench.ledger.counts()).toMatchObject({ new: 4 });
  });

  it('leaves what was the last try as it is', async () => {
    bench = await Bench.start();
    const port = bench.port();
    await bench.put(port, { identity: { imei: IMEI_A }, network: { registration: 2 } });
    const run = bench.run([port], { networkTimeout: 30, tries: 1 });
    await run.phase('finished');
    await run.stop();
    expect(run.results).toMatchObject([{ reason: { code: 'NO_NETWORK' } }]);
  });
});

describe.each(STEPS.slice(3, 7))('at the step %s', (step, pattern, nth) => {
  it('a cloud that is lost fails the unit with a true reason', async () => {
    const { port, module } = await prepared();
    const cut = at(module, pattern, nth, () => module.faults.on('broker-loss'));
    const run = bench.run([port], { once: true, proofTimeout: 500 });
    await cut;
    const { reason } = await run.result();
    await run.ended;
    const proving = step.startsWith('prove');
    expect(['CLOUD_UNREACHABLE', ...(proving ? ['PROOF_FAILED'] : [])]).toContain(reason?.code);
    module.faults.off('broker-loss');
    await passesAgain(port);
  });
});
