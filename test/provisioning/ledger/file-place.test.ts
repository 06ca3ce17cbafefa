import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enlist, imeiOf, newLedger, openLedger, rowsOf } from './ledger-fixture.js';
import { thrown } from './thrown.js';

describe('A ledger that is open', () => {
  it('takes nothing any more when a copy was put into its place.', async () => {
    const ledger = await newLedger(2);
    const book = enlist(ledger);
    const attempt = book.attempt({ imei: imeiOf(1) }, 'A');
    attempt.reserve();
    const { path } = ledger;
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    const refusal = {
      code: 'LEDGER_UNUSABLE',
      message: expect.stringMatching(/was replaced by another file while it was open.*start again/),
    };
    expect(thrown(() => book.attempt({ imei: imeiOf(2) }, 'B'))).toMatchObject(refusal);
    expect(thrown(() => attempt.written())).toMatchObject(refusal);
    expect(thrown(() => ledger.counts())).toMatchObject(refusal);
    ledger.close();
    const other = await openLedger(path);
    other.importTriples({ source: 'b.csv', operator: 'ann' }, rowsOf(11, 2));
    other.close();
    const again = await openLedger(path);
    expect(() => enlist(again)).not.toThrow();
    expect(again.triples()).toHaveLength(4);
  });

  it('says so when its file is taken away, and goes on when that is back.', async () => {
    const ledger = await newLedger(1);
    const { path } = ledger;
    renameSync(path, `${path}.away`);
    expect(thrown(() => ledger.counts())).toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('was taken away or renamed while it was open'),
    });
    renameSync(`${path}.away`, path);
    expect(ledger.counts()).toMatchObject({ new: 1 });
    rmSync(path);
    expect(thrown(() => enlist(ledger))).toMatchObject({ code: 'LEDGER_UNUSABLE' });
  });

  it('is the same by any name.', async () => {
    const { path } = await newLedger(1);
    const other = await openLedger(`${path.slice(0, path.lastIndexOf('/'))}/./factory.db`);
    expect(other.counts()).toMatchObject({ new: 1 });
  });
});
