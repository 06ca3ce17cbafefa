import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import type { Product, TripleRecord } from '../../../src/provisioning/ledger/ledger-types.js';

export interface LedgerContents {
  readonly records: readonly TripleRecord[];
  /** In the order of the records. */
  readonly secrets: readonly (DeviceTriple | undefined)[];
  readonly product: Product | undefined;
}

/** What a ledger holds, as it says itself. */
export async function ledgerContents(path: string, passphrase?: string): Promise<LedgerContents> {
  const ledger = await Ledger.open(path, passphrase === undefined ? {} : { passphrase });
  try {
    const records = ledger.triples();
    return { records, secrets: records.map(({ id }) => ledger.secretOf(id)), product: ledger.product() };
  } finally {
    ledger.close();
  }
}
