import { describe, expect, it } from 'vitest';
import { FileRefusedError } from '../../../src/provisioning/triples/file-refused.js';
import { newLedger, rowsOf, tripleOf } from './ledger-fixture.js';
import { thrown } from './thrown.js';

const BATCH = { source: 'next.csv', operator: 'ida' };

describe('An import', () => {
  it('takes the rows in their order, with what is known of the file.', async () => {
    const ledger = await newLedger(0);
    const before = Date.now();
    expect(ledger.importTriples(BATCH, rowsOf(1, 3))).toBe(3);
    const records = ledger.triples();
    expect(records.map(({ deviceName }) => deviceName)).toEqual(['meter-0001', 'meter-0002', 'meter-0003']);
    expect(records[0]).toMatchObject({ state: 'new', origin: 'file', batch: 'next.csv', imei: undefined });
    expect(records[0]?.importedAt).toBeGreaterThanOrEqual(before);
    expect(ledger.secretOf(2)).toEqual(tripleOf(2));
    expect(ledger.audit({ deviceName: 'meter-0003' })).toMatchObject([
      { event: 'import', what: 'file', operator: 'ida', detail: 'next.csv, line 4' },
    ]);
  });

  it('takes nothing of a file of which the ledger has a device, and names the lines.', async () => {
    const ledger = await newLedger(2);
    const rows = [...rowsOf(5, 2), { line: 9, triple: tripleOf(2) }, { line: 12, triple: tripleOf(1) }];
    const error = thrown(() => ledger.importTriples(BATCH, rows));
    expect(error).toBeInstanceOf(FileRefusedError);
    expect(error).toMatchObject({
      code: 'FILE_REFUSED',
      source: 'next.csv',
      problems: [{ line: 9 }, { line: 12 }],
    });
    expect(String(error)).toContain(
      'line 9, DeviceName: the ledger has this device already, from triples.csv',
    );
    expect(String(error)).toMatch(/\(--new-only takes the other devices\)$/);
    expect(ledger.counts()).toMatchObject({ new: 2 });
  });

  it('takes nothing of a file in which a device comes twice, or something is no triple.', async () => {
    const ledger = await newLedger(0);
    const twice = [...rowsOf(1, 2), { line: 4, triple: tripleOf(1) }];
    expect(String(thrown(() => ledger.importTriples(BATCH, twice)))).toContain(
      'line 4: the same device as in line 2',
    );
    const secret = 'hush "quoted"';
    const bad = [...rowsOf(1, 1), { line: 3, triple: { ...tripleOf(2), deviceSecret: secret } }];
    const error = thrown(() => ledger.importTriples(BATCH, bad));
    expect(String(error)).toContain('line 3: deviceSecret: it must be 1–64 printable');
    expect(JSON.stringify([error, String(error)])).not.toContain(secret);
    expect(ledger.counts()).toMatchObject({ new: 0 });
  });

  it('may bring a device of another product under a name that is there.', async () => {
    const ledger = await newLedger(1);
    ledger.importTriples(BATCH, [
      { line: 2, triple: { ...tripleOf(2), deviceName: 'meter-0001', productKey: 'other' } },
    ]);
    expect(ledger.triples({ deviceName: 'meter-0001' })).toHaveLength(2);
  });

  it('takes what is new of a file with all devices so far, if it is told to.', async () => {
    const ledger = await newLedger(2);
    expect(ledger.compareTriples('next.csv', rowsOf(1, 4), { newOnly: true })).toMatchObject({
      fresh: [{ line: 4 }, { line: 5 }],
      known: 2,
    });
    expect(ledger.counts()).toMatchObject({ new: 2 });
    expect(ledger.importTriples(BATCH, rowsOf(1, 4), { newOnly: true })).toBe(2);
    expect(ledger.triples().map(({ batch }) => batch)).toEqual([
      'triples.csv',
      'triples.csv',
      'next.csv',
      'next.csv',
    ]);
    expect(ledger.importTriples(BATCH, rowsOf(1, 4), { newOnly: true })).toBe(0);
  });

  it.each([undefined, 'a passphrase'])(
    'never takes what contradicts the ledger (passphrase: %s).',
    async (passphrase) => {
      const ledger = await newLedger(2, passphrase === undefined ? {} : { passphrase });
      const rows = [
        ...rowsOf(3, 1),
        { line: 7, triple: { ...tripleOf(1), deviceSecret: tripleOf(9).deviceSecret } },
        { line: 8, triple: { ...tripleOf(4), deviceSecret: tripleOf(2).deviceSecret } },
      ];
      for (const newOnly of [true, false]) {
        const error = thrown(() => ledger.importTriples(BATCH, rows, { newOnly }));
        expect(error).toBeInstanceOf(FileRefusedError);
        expect(String(error)).toContain(
          'line 7, DeviceSecret: the ledger has this device with another secret',
        );
        expect(String(error)).toContain(
          'line 8, DeviceSecret: the ledger has this secret for the device meter-0002',
        );
        expect(String(error)).not.toMatch(/hush|new-only/);
        expect(thrown(() => ledger.compareTriples('next.csv', rows, { newOnly }))).toBeInstanceOf(
          FileRefusedError,
        );
      }
      expect(ledger.counts()).toMatchObject({ new: 2 });
    },
  );

  it('says in one sentence that the ledger has all of a file.', async () => {
    const ledger = await newLedger(3);
    expect(String(thrown(() => ledger.importTriples(BATCH, rowsOf(1, 3))))).toContain(
      'next.csv is refused as a whole: the ledger has all of its devices already (3)',
    );
  });
});
