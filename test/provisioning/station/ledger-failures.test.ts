import { once } from 'node:events';
import Database from 'libsql';
import { afterEach, expect, it } from 'vitest';
import { Bench, IMEI_A, PRODUCT_KEY } from './bench.js';

let bench: Bench;
afterEach(() => bench.stop());

/** Makes each writing of the ledger that the condition describes fail, as on a full disk; the function heals it. */
function breakLedger(table: string, condition: string): () => void {
  const database = new Database(bench.ledger.path, { timeout: 5_000 });
  database.exec(`CREATE TRIGGER broken BEFORE INSERT ON ${table} WHEN ${condition}
    BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  return () => {
    database.exec('DROP TRIGGER broken');
    database.close();
  };
}

const STEPS = ['write', 'read-back', 'connect', 'prove', 'disconnect'];

it.each(STEPS)('claims nothing when the intent of %s cannot be written, and goes on later', async (step) => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const heal = breakLedger('journal', `NEW.event = '${step}' AND NEW.what = 'intent'`);
  const first = await bench.runOnce([module.url]);
  expect(first).toMatchObject({ outcome: 'failed', reason: { code: 'LEDGER_FAILED' } });
  expect(bench.ledger.counts().verified).toBe(0);
  heal();
  const second = await bench.runOnce([module.url]);
  expect(second).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
});

it.each(STEPS)('claims nothing when it cannot be written that %s was done', async (step) => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const heal = breakLedger('journal', `NEW.event = '${step}' AND NEW.what = 'done'`);
  const { reason } = await bench.runOnce([module.url]);
  expect(reason?.code).toBe('LEDGER_FAILED');
  expect(bench.ledger.counts().verified).toBe(0);
  heal();
  expect(await bench.runOnce([module.url])).toMatchObject({ outcome: 'passed' });
});

it('fails a unit that cannot be begun, and passes it at the next try', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const heal = breakLedger('attempt', 'true');
  const run = bench.run([module.url], { once: true, tries: 5 });
  expect((await run.phase('pausing')).note).toContain('ledger');
  heal();
  expect(await run.result()).toMatchObject({ outcome: 'passed', imei: IMEI_A });
});

it('ends an attempt whose end the ledger would not take before the next one begins', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port(), { faults: ['read-back-differs'] });
  const heal = breakLedger('journal', "NEW.event = 'attempt' AND NEW.what = 'failed'");
  const run = bench.run([module.url], { once: true, tries: 9 });
  const { note } = await run.phase('pausing');
  expect(note).toContain('ledger');
  module.faults.off('read-back-differs');
  heal();
  const result = await run.result();
  expect(result).toMatchObject({ outcome: 'passed', deviceName: 'meter-1' });
  expect(bench.ledger.attempts()[0]).toMatchObject({
    outcome: 'failed',
    reason: { code: 'READ_BACK_DIFFERS' },
  });
});

it('does not call a unit passed whose end is not in the ledger', async () => {
  bench = await Bench.start();
  const module = await bench.put(bench.port());
  const heal = breakLedger('journal', "NEW.event = 'attempt' AND NEW.what = 'passed'");
  const run = bench.run([module.url], { once: true, tries: 9 });
  await run.phase('pausing');
  heal();
  // It was verified; the end of the first attempt is written before the second begins.
  expect(await run.result()).toMatchObject({ outcome: 'already', deviceName: 'meter-1' });
  expect(bench.ledger.attempts()[0]).toMatchObject({ outcome: 'passed' });
});

it('keeps a secret of the cloud although the ledger fails for a moment', async () => {
  bench = await Bench.start({ registration: true });
  const module = await bench.put(bench.port());
  const database = new Database(bench.ledger.path, { timeout: 5_000 });
  database.exec(`CREATE TRIGGER broken BEFORE UPDATE OF secret ON triple
    BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  const run = bench.run([module.url], { once: true });
  const [note] = await once(run.station, 'note');
  expect(note).toContain('cannot be stored yet');
  database.exec('DROP TRIGGER broken');
  database.close();
  const result = await run.result();
  expect(result).toMatchObject({ outcome: 'passed', deviceName: IMEI_A });
});

it('asks for no second secret when the first could not be stored, whatever it was told about earlier runs', async () => {
  bench = await Bench.start({ registration: true });
  const module = await bench.put(bench.port());
  const database = new Database(bench.ledger.path, { timeout: 5_000 });
  database.exec(`CREATE TRIGGER full BEFORE UPDATE OF secret ON triple
    BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  const run = bench.run([module.url], { once: true, tries: 5, repeatRegistration: true });
  expect((await run.result()).reason).toMatchObject({ code: 'REGISTRATION_UNANSWERED' });
  expect(bench.cloud.registry.find(PRODUCT_KEY, IMEI_A)?.registrations).toBe(1);
  database.exec('DROP TRIGGER full');
  database.close();
});
