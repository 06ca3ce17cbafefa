import { describe, expect, it } from 'vitest';
import { ImeiInUse } from '../../../src/provisioning/ledger/attempt-records.js';
import { enlist, imeiOf, newLedger, prove, provision, REASON, tripleOf } from './ledger-fixture.js';
import { thrown } from './thrown.js';

const MODULE = { imei: imeiOf(1), iccid: '8986001', firmware: 'NT26-1.0' };

describe('An attempt', () => {
  it('brings the oldest free triple to verified, and the books tell who, where and when.', async () => {
    const ledger = await newLedger(3);
    const attempt = enlist(ledger).attempt(MODULE, '/dev/ttyUSB0');
    expect(attempt.earlier).toBeUndefined();
    expect(attempt.reserve()).toMatchObject({
      ...{ triple: tripleOf(1), again: false, unansweredRegistration: undefined },
      record: { deviceName: 'meter-0001', state: 'reserved', imei: MODULE.imei, batch: 'triples.csv' },
    });
    const before = Date.now();
    await prove(attempt);
    attempt.pass();
    expect(ledger.counts()).toEqual({ new: 2, reserved: 0, written: 0, verified: 1, exported: 0, failed: 0 });
    const [record] = ledger.triples({ imei: MODULE.imei });
    expect(record).toMatchObject({
      ...{ id: 1, state: 'verified', ...MODULE, station: 'line-1', operator: 'ann', reason: undefined },
    });
    expect(record?.verifiedAt).toBeGreaterThanOrEqual(before);
    expect(ledger.attempts()).toMatchObject([
      { ...MODULE, deviceName: 'meter-0001', station: 'line-1', port: '/dev/ttyUSB0', outcome: 'passed' },
    ]);
    expect(ledger.verifiedTripleOf(MODULE.imei)).toEqual(tripleOf(1));
  });

  it('gives a module the triple that bears its IMEI as its name, if that is free.', async () => {
    const ledger = await newLedger(1);
    const rows = [3, 2].map((number, index) => ({
      line: index + 2,
      triple: { ...tripleOf(number), deviceName: imeiOf(number) },
    }));
    ledger.importTriples({ source: 'imeis.csv', operator: 'ida' }, rows);
    const run = enlist(ledger);
    const names = [2, 4, 3].map(
      (number) => run.attempt({ imei: imeiOf(number) }, `${number}`).reserve()?.record.deviceName,
    );
    expect(names).toEqual([imeiOf(2), tripleOf(1).deviceName, imeiOf(3)]);
  });

  it('gives the same triple to a module that comes again, whatever became of it.', async () => {
    const ledger = await newLedger(3);
    const run = enlist(ledger);
    const first = run.attempt(MODULE, 'a');
    first.reserve();
    first.fail(REASON);
    expect(ledger.triples({ imei: MODULE.imei })).toMatchObject([{ state: 'failed', reason: REASON }]);
    expect(ledger.verifiedTripleOf(MODULE.imei)).toBeUndefined();
    const second = run.attempt(MODULE, 'b');
    expect(second.earlier).toMatchObject({ deviceName: 'meter-0001', state: 'failed' });
    expect(second.reserve()).toMatchObject({
      ...{ again: true, triple: tripleOf(1) },
      record: { state: 'reserved', reason: undefined },
    });
    await prove(second);
    second.pass();
    expect(run.attempt({ imei: imeiOf(2) }, 'b').reserve()?.triple).toEqual(tripleOf(2));
  });

  it('is the only one at its module, at all stations and ports.', async () => {
    const ledger = await newLedger(3);
    const attempt = enlist(ledger).attempt(MODULE, '/dev/ttyUSB0');
    const other = ledger.enlist({ station: 'line-2', operator: 'bob' });
    const refusal = thrown(() => other.attempt(MODULE, '/dev/ttyUSB1'));
    expect(refusal).toBeInstanceOf(ImeiInUse);
    expect(refusal).toMatchObject({ attempt: { id: attempt.id, station: 'line-1', port: '/dev/ttyUSB0' } });
    other.refused(MODULE, '/dev/ttyUSB1', { code: 'IMEI_IN_WORK', message: 'a clone' });
    await prove(attempt);
    attempt.pass();
    expect(ledger.attempts({ station: 'line-2' })).toMatchObject([
      { outcome: 'failed', reason: { code: 'IMEI_IN_WORK' }, tripleId: undefined },
    ]);
    expect(ledger.triples({ imei: MODULE.imei })).toMatchObject([{ state: 'verified' }]);
  });

  it('finds nothing in an empty pool, and can say so.', async () => {
    const ledger = await newLedger(0);
    const attempt = enlist(ledger).attempt(MODULE, 'a');
    expect(attempt.reserve()).toBeUndefined();
    attempt.fail({ code: 'POOL_EMPTY', message: 'no triple is left' });
    expect(ledger.attempts()).toMatchObject([{ outcome: 'failed', reason: { code: 'POOL_EMPTY' } }]);
  });

  it('keeps what was proved when it fails before it reserves, and not when it fails after.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, MODULE.imei);
    const run = enlist(ledger);
    run.attempt(MODULE, 'a').fail({ code: 'WRONG_SIM', message: 'another SIM' });
    expect(ledger.counts()).toMatchObject({ verified: 1 });
    const again = run.attempt(MODULE, 'a');
    expect(again.reserve()).toMatchObject({ record: { state: 'verified' }, triple: tripleOf(1) });
    again.fail(REASON);
    expect(ledger.counts()).toMatchObject({ verified: 0, failed: 1 });
    expect(ledger.verifiedTripleOf(MODULE.imei)).toBeUndefined();
  });

  it('ends once: what came first stays, and nothing is recorded behind it.', async () => {
    const ledger = await newLedger(1);
    const attempt = enlist(ledger).attempt(MODULE, 'a');
    await prove(attempt);
    attempt.pass();
    attempt.pass();
    for (const late of [() => attempt.fail(REASON), () => attempt.written(), () => attempt.already()]) {
      expect(thrown(late)).toMatchObject({ code: 'CLOSED' });
    }
    await expect(attempt.step('write', async () => {})).rejects.toMatchObject({ code: 'CLOSED' });
    expect(ledger.counts()).toMatchObject({ verified: 1 });
  });

  it('cannot pass without a proof of its own.', async () => {
    const ledger = await newLedger(1);
    const attempt = enlist(ledger).attempt(MODULE, 'a');
    attempt.reserve();
    attempt.written();
    expect(thrown(() => attempt.verified())).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('only a proof in this very attempt verifies a triple'),
    });
    expect(thrown(() => attempt.pass())).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    expect(ledger.counts()).toMatchObject({ written: 1 });
  });

  it('ends with the run of its station, and its triple stays where it was.', async () => {
    const ledger = await newLedger(1);
    const run = enlist(ledger);
    const attempt = run.attempt(MODULE, 'a');
    attempt.reserve();
    attempt.written();
    run.end();
    expect(ledger.attempts()).toMatchObject([{ outcome: 'interrupted', reason: { code: 'INTERRUPTED' } }]);
    expect(ledger.triples()).toMatchObject([{ state: 'written', imei: MODULE.imei }]);
    expect(thrown(() => run.attempt(MODULE, 'a'))).toMatchObject({ code: 'CLOSED' });
    attempt.fail(REASON);
    expect(ledger.triples()).toMatchObject([{ state: 'written' }]);
  });

  it('asks for 15 digits.', async () => {
    const run = enlist(await newLedger(1));
    for (const imei of ['', '86132607000000', '8613260700000000', "1'; DROP TABLE"]) {
      expect(thrown(() => run.attempt({ imei }, 'a'))).toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'imei',
      });
    }
  });
});
