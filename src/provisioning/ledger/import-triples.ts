import { checkTriple } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { ProblemList } from '../triples/file-refused.js';
import { type FileRow, type ImportChoice, sortRows } from './known-triples.js';
import type { LedgerFile } from './ledger-file.js';
import type { Statements } from './statements.js';

/** All of the rows or none, or with `newOnly` those that are new; gives their number. Throws as `sortRows`, and for what is no triple. */
export function importTriples(
  file: LedgerFile,
  batch: { readonly source: string; readonly operator: string },
  rows: readonly FileRow[],
  choice: ImportChoice = {},
): number {
  checkRows(batch.source, rows);
  return file.write((sql) => {
    const { fresh } = sortRows(sql, file, batch.source, rows, choice);
    if (fresh.length === 0) return 0;
    const batchId = insertBatch(sql, batch.source, batch.operator);
    const now = Date.now();
    for (const { line, triple } of fresh) {
      const { productKey, deviceName, deviceSecret } = triple;
      const secret = file.seal(deviceSecret, { table: 'triple', productKey, deviceName });
      sql.run(
        `INSERT INTO triple (batch_id, line, product_key, device_name, secret, origin, state, imported_at, changed_at)
         VALUES (?, ?, ?, ?, ?, 'file', 'new', ?, ?)`,
        ...[batchId, line, productKey, deviceName, secret, now, now],
      );
    }
    return fresh.length;
  });
}

/** Where triples come from. */
export function insertBatch(sql: Statements, source: string, operator: string): number {
  return sql.run('INSERT INTO batch (source, operator, at) VALUES (?, ?, ?)', source, operator, Date.now())
    .id;
}

function checkRows(source: string, rows: readonly FileRow[]): void {
  const problems = new ProblemList(source);
  const lines = new Map<string, number>();
  for (const { line, triple } of rows) {
    const text = problemOf(triple);
    if (text !== undefined) problems.add({ line, text });
    const device = `${triple.productKey}/${triple.deviceName}`;
    const first = lines.get(device);
    if (first === undefined) lines.set(device, line);
    else problems.add({ line, text: `the same device as in line ${first}` });
  }
  problems.throwIfAny();
}

function problemOf(triple: DeviceTriple): string | undefined {
  try {
    checkTriple(triple);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return `${error.field}: it must be ${error.limit}`;
    throw error;
  }
}
