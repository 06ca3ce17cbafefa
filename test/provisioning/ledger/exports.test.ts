import { describe, expect, it } from 'vitest';
import { enlist, imeiOf, newLedger, prove, provision, REASON } from './ledger-fixture.js';
import { thrown } from './thrown.js';

const BY = { operator: 'eve', file: '/tmp/shift.csv' };

describe('An export', () => {
  it('takes what is verified, once.', async () => {
    const ledger = await newLedger(4);
    for (const number of [1, 2]) await provision(ledger, imeiOf(number));
    const begun = ledger.beginExport(BY);
    expect(begun).toMatchObject({ id: 1, file: '/tmp/shift.csv' });
    expect(begun?.records.map(({ imei }) => imei)).toEqual([imeiOf(1), imeiOf(2)]);
    expect(ledger.triples({ exportId: 1 })).toEqual(begun?.records);
    expect(ledger.beginExport(BY)).toBeUndefined();
    await provision(ledger, imeiOf(3));
    expect(ledger.beginExport(BY)?.records.map(({ imei }) => imei)).toEqual([imeiOf(3)]);
    expect(ledger.counts()).toMatchObject({ new: 1, exported: 3 });
  });

  it('that was cut short is known, with what belongs into its file, until it is finished.', async () => {
    const ledger = await newLedger(2);
    for (const number of [1, 2]) await provision(ledger, imeiOf(number));
    const begun = ledger.beginExport(BY);
    expect(ledger.unfinishedExports()).toEqual([begun]);
    // What happens to a triple meanwhile does not change the file.
    ledger.release({ imei: imeiOf(1) }, { operator: 'eve', reason: 'broken' });
    expect(ledger.unfinishedExports()).toEqual([begun]);
    ledger.finishExport(1);
    ledger.finishExport(1);
    expect(ledger.unfinishedExports()).toEqual([]);
    expect(ledger.exports()).toMatchObject([{ ...BY, id: 1, triples: 2, finishedAt: expect.any(Number) }]);
    expect(thrown(() => ledger.finishExport(2))).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('holds no secret.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, imeiOf(1));
    ledger.beginExport(BY);
    expect(JSON.stringify([ledger.unfinishedExports(), ledger.exports()])).not.toContain('hush');
  });
});

describe('What was exported', () => {
  it('stays so when it is proved again, unless the module tells something else.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, imeiOf(1));
    ledger.beginExport(BY);
    const before = ledger.triples()[0]?.verifiedAt;
    await provision(ledger, imeiOf(1));
    expect(ledger.triples()).toMatchObject([{ state: 'exported', exportId: 1 }]);
    expect(ledger.triples()[0]?.verifiedAt).toBeGreaterThanOrEqual(before ?? Infinity);
    const module = { imei: imeiOf(1), iccid: '8986002', firmware: 'NT26-1.0' };
    const attempt = enlist(ledger).attempt(module, 'a', { acceptOtherSim: true });
    await prove(attempt);
    attempt.pass();
    expect(ledger.triples()).toMatchObject([{ state: 'verified', iccid: '8986002' }]);
    expect(ledger.beginExport(BY)?.records).toMatchObject([{ iccid: '8986002', exportId: 2 }]);
  });

  it('fails with a proof that fails, and is exported again when it is repaired.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, imeiOf(1));
    ledger.beginExport(BY);
    const attempt = enlist(ledger).attempt({ imei: imeiOf(1) }, 'a');
    attempt.reserve();
    attempt.fail(REASON);
    expect(ledger.triples()).toMatchObject([{ state: 'failed', exportId: 1, reason: REASON }]);
    expect(ledger.beginExport(BY)).toBeUndefined();
    await provision(ledger, imeiOf(1));
    expect(ledger.beginExport(BY)?.id).toBe(2);
  });
});
