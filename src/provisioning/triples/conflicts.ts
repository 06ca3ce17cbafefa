import type { TripleRecord } from '../ledger/ledger-types.js';
import { FileRefusedError, ProblemList } from './file-refused.js';
import type { TripleRow } from './triple-rows.js';

/** Throws a `FileRefusedError` for devices of a file that the ledger has already. */
export function refuseConflicts(
  source: string,
  rows: readonly TripleRow[],
  records: readonly TripleRecord[],
): void {
  const known = new Map(records.map((record) => [deviceOf(record), record]));
  const problems = new ProblemList(source);
  let count = 0;
  for (const { line, triple } of rows) {
    const record = known.get(deviceOf(triple));
    if (record === undefined) continue;
    count += 1;
    const text = `the ledger has this device already, from ${record.batch}`;
    problems.add({ line, column: 'DeviceName', text });
  }
  if (count > 0 && count === rows.length) {
    throw new FileRefusedError(source, [{ text: `the ledger has all of its devices already (${count})` }]);
  }
  problems.throwIfAny();
}

function deviceOf({ productKey, deviceName }: Pick<TripleRecord, 'productKey' | 'deviceName'>): string {
  return `${productKey}/${deviceName}`;
}
