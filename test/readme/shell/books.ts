import { join } from 'node:path';
import { imeiAt } from '../../../src/cli/sim/modules.js';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { enlist, PRODUCT_KEY, prove } from '../../provisioning/ledger/ledger-fixture.js';

/** In no output ever. */
export const SECRET_MARK = 'HushHushHush';

/** As many as the README shows. */
export const TRIPLES: readonly DeviceTriple[] = Array.from({ length: 1000 }, (_none, index) => ({
  productKey: PRODUCT_KEY,
  deviceName: index === 0 ? 'example1' : `meter-${String(index + 1).padStart(4, '0')}`,
  deviceSecret: `${SECRET_MARK}${String(index).padStart(20, '0')}`,
}));

export const CSV = [
  'DeviceName,DeviceSecret,ProductKey',
  ...TRIPLES.map(({ deviceName, deviceSecret, productKey }) => `${deviceName},${deviceSecret},${productKey}`),
  '',
].join('\n');

/** Modules of the ledger; the first one is the simulator's own, and has `example1`. */
const VERIFIED = 3;

/** A ledger with free triples and three verified modules, two of them exported. */
export async function keptLedger(folder: string): Promise<string> {
  const path = join(folder, 'kept.db');
  const ledger = await Ledger.open(path, { create: true });
  const rows = TRIPLES.slice(0, 20).map((triple, index) => ({ line: index + 2, triple }));
  ledger.importTriples({ source: 'triples.csv', operator: 'ida' }, rows);
  const run = enlist(ledger);
  for (let index = 0; index < VERIFIED; index += 1) {
    const module = { imei: imeiAt(index), iccid: '89860012345678901234', firmware: 'NT26-1.0' };
    const attempt = run.attempt(module, '/dev/ttyUSB0');
    await prove(attempt);
    attempt.pass();
    if (index === VERIFIED - 1) break;
    const begun = ledger.beginExport({ operator: 'ida', file: `before-${index}.csv` });
    ledger.finishExport(begun?.id ?? 0);
  }
  run.end();
  ledger.close();
  return path;
}
