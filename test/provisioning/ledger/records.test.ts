import { describe, expect, it } from 'vitest';
import type { RecordFilter } from '../../../src/provisioning/ledger/ledger-types.js';
import { enlist, imeiOf, newLedger, provision, REASON } from './ledger-fixture.js';

/** Module 1 is exported, 2 failed at line-2, 3 is being worked on, 4 was refused as a clone. */
async function filled() {
  const ledger = await newLedger(5);
  await provision(ledger, imeiOf(1));
  ledger.beginExport({ operator: 'eve', file: 'shift.csv' });
  const other = ledger.enlist({ station: 'line-2', operator: 'bob' });
  const failed = other.attempt({ imei: imeiOf(2) }, 'b');
  failed.reserve();
  failed.fail(REASON);
  enlist(ledger)
    .attempt({ imei: imeiOf(3) }, 'c')
    .reserve();
  other.refused({ imei: imeiOf(4) }, 'd', { code: 'IMEI_IN_WORK', message: 'a clone' });
  return ledger;
}

describe('The listings of a ledger', () => {
  it.each<[RecordFilter, number[], number[]]>([
    [{}, [1, 2, 3, 4, 5], [1, 2, 3, 4]],
    [{ imei: imeiOf(2) }, [2], [2]],
    [{ deviceName: 'meter-0003' }, [3], [3]],
    [{ states: ['exported', 'failed'] }, [1, 2], [1, 2]],
    [{ states: [] }, [], []],
    [{ exportId: 1 }, [1], [1]],
    [{ station: 'line-1' }, [1], [1, 3]],
    [{ operator: 'bob' }, [], [2, 4]],
    [{ imei: imeiOf(2), station: 'line-1' }, [], []],
    [{ deviceName: "' OR 1=1 --" }, [], []],
  ])('are narrowed by %j.', async (filter, triples, attempts) => {
    const ledger = await filled();
    expect(ledger.triples(filter).map(({ id }) => id)).toEqual(triples);
    expect(ledger.attempts(filter).map(({ id }) => id)).toEqual(attempts);
  });

  it('are narrowed by time: from since on, before until.', async () => {
    const ledger = await filled();
    const [first] = ledger.attempts();
    const at = first?.startedAt ?? 0;
    expect(ledger.attempts({ since: at })).toHaveLength(4);
    expect(ledger.attempts({ until: at })).toEqual([]);
    expect(ledger.triples({ since: Date.now() + 1 })).toEqual([]);
    expect(ledger.triples({ until: Date.now() + 1 })).toHaveLength(5);
  });

  it('tell who works on what now, and when something happened last.', async () => {
    const ledger = await filled();
    expect(ledger.openAttempts()).toMatchObject([
      { imei: imeiOf(3), station: 'line-1', port: 'c', alive: true },
    ]);
    expect(ledger.lastActivity()).toBe(ledger.audit({ imei: imeiOf(4) }).at(-1)?.at);
    expect((await newLedger(0)).lastActivity()).toBeUndefined();
  });

  it('hold no secret.', async () => {
    const ledger = await filled();
    const audit = [1, 2, 3, 4].flatMap((number) => ledger.audit({ imei: imeiOf(number) }));
    const all = [ledger.triples(), ledger.attempts(), ledger.openAttempts(), audit];
    expect(JSON.stringify(all)).toContain('meter-0001');
    expect(JSON.stringify(all)).not.toContain('hush');
  });
});

describe('The audit', () => {
  it('tells what happened to a module, in order.', async () => {
    const ledger = await filled();
    ledger.release({ imei: imeiOf(2) }, { operator: 'eve', reason: 'scrapped' });
    const told = ledger.audit({ imei: imeiOf(2) }).map(({ event, what, detail }) => [event, what, detail]);
    expect(told).toEqual([
      ['import', 'file', 'triples.csv, line 3'],
      ['attempt', 'begun', undefined],
      ['state', 'reserved', undefined],
      ['state', 'failed', 'PROOF_FAILED: the proof message was not answered'],
      ['attempt', 'failed', 'PROOF_FAILED: the proof message was not answered'],
      ['release', 'failed', 'scrapped'],
    ]);
    expect(ledger.audit({ imei: imeiOf(4) })).toMatchObject([
      { event: 'attempt', what: 'failed', station: 'line-2', port: 'd', detail: 'IMEI_IN_WORK: a clone' },
    ]);
  });

  it('tells what happened to a triple, with all modules that had it and all of their attempts at it.', async () => {
    const ledger = await filled();
    ledger.release({ imei: imeiOf(2) }, { operator: 'eve', reason: 'scrapped' });
    await provision(ledger, imeiOf(9));
    const told = ledger.audit({ deviceName: 'meter-0002' });
    expect(new Set(told.map(({ imei }) => imei))).toEqual(new Set([undefined, imeiOf(2), imeiOf(9)]));
    const begun = told.filter(({ event, what }) => event === 'attempt' && what === 'begun');
    expect(begun.map(({ imei }) => imei)).toEqual([imeiOf(2), imeiOf(9)]);
    expect(
      ledger.audit({ deviceName: 'meter-0002', imei: imeiOf(9) }).some(({ imei }) => imei === imeiOf(2)),
    ).toBe(false);
  });

  it('knows nothing of what never came.', async () => {
    const ledger = await filled();
    expect(ledger.audit({ imei: imeiOf(7) })).toEqual([]);
    expect(ledger.audit({ deviceName: 'meter-0009' })).toEqual([]);
  });
});
