import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasSmallDisk, SmallDisk } from '../../helpers/small-disk.js';
import { openLedger, rowsOf } from './ledger-fixture.js';

it.skipIf(!hasSmallDisk)('a ledger on a full disk says so, and goes on where it was', async () => {
  const disk = SmallDisk.mount(600) as SmallDisk;
  onTestFinished(() => disk.unmount());
  const ledger = await openLedger(join(disk.folder, 'ledger.db'), { create: true });
  let stored = 0;
  const importSome = () => {
    ledger.importTriples({ source: 'triples.csv', operator: 'ida' }, rowsOf(stored + 1, 20));
    stored += 20;
  };
  importSome();
  disk.fill();
  expect(importSome).toThrow(expect.objectContaining({ code: 'LEDGER_UNUSABLE' }));
  ledger.close();
  expect(importSome).toThrow(expect.objectContaining({ code: 'CLOSED' }));
  ledger.close();
  disk.clear();
  const again = await openLedger(join(disk.folder, 'ledger.db'));
  again.importTriples({ source: 'triples.csv', operator: 'ida' }, rowsOf(stored + 1, 20));
});
