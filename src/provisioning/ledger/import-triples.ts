import { checkTriple } from '../../cloud/aliyun/triple.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { FileRefusedError, ProblemList } from '../triples/file-refused.js';
import type { LedgerFile } from './ledger-file.js';
import type { Statements } from './statements.js';

/** A triple of a file. */
export interface FileRow {
  readonly line: number;
  readonly triple: DeviceTriple;
}

export interface ImportChoice {
  /** Leave out the devices that the ledger has already, default false: they refuse the file. */
  readonly newOnly?: boolean;
}

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

/** The rows of a file, as the ledger sees them. */
export interface SortedRows {
  readonly fresh: readonly FileRow[];
  /** How many the ledger has already. */
  readonly known: number;
}

/**
 * Tells the rows that are new from those that the ledger has. Throws a `FileRefusedError` for rows that contradict it,
 * i.e. another secret for a device, or the secret of another device; without `newOnly` for those that it has, too.
 */
export function sortRows(
  sql: Statements,
  file: LedgerFile,
  source: string,
  rows: readonly FileRow[],
  { newOnly = false }: ImportChoice = {},
): SortedRows {
  const problems = new ProblemList(source);
  const fresh: FileRow[] = [];
  let contradictions = 0;
  for (const row of rows) {
    const { line, triple } = row;
    const known = knownTriple(sql, triple);
    if (known === undefined) {
      fresh.push(row);
    } else if (isOtherSecret(file, known, triple)) {
      contradictions += 1;
      const text = `the ledger has this device with another secret, from ${known.source}: see in the console of the cloud which one is right`;
      problems.add({ line, column: 'DeviceSecret', text });
    } else if (!newOnly) {
      const text = `the ledger has this device already, from ${known.source}`;
      problems.add({ line, column: 'DeviceName', text });
    }
  }
  contradictions += findForeignSecrets(sql, file, fresh, problems);
  const known = rows.length - fresh.length;
  if (!newOnly && contradictions === 0 && known === rows.length && known > 0) {
    throw new FileRefusedError(source, [{ text: `the ledger has all of its devices already (${known})` }]);
  }
  problems.throwIfAny(contradictions === 0 ? '--new-only takes the other devices' : undefined);
  return { fresh, known };
}

interface KnownTriple {
  readonly device_name: string;
  readonly secret: string | null;
  readonly source: string;
}

function knownTriple(sql: Statements, { productKey, deviceName }: DeviceTriple): KnownTriple | undefined {
  return sql.get<KnownTriple>(
    `SELECT t.device_name, t.secret, b.source FROM triple t JOIN batch b ON b.id = t.batch_id
     WHERE t.product_key = ? AND t.device_name = ?`,
    ...[productKey, deviceName],
  );
}

/** A device that was not registered yet, or whose registration was not answered, has none to compare. */
function isOtherSecret(file: LedgerFile, { secret }: KnownTriple, triple: DeviceTriple): boolean {
  const { productKey, deviceName } = triple;
  return (
    secret !== null && file.open(secret, { table: 'triple', productKey, deviceName }) !== triple.deviceSecret
  );
}

/** Adds a problem for each new row that has the secret of a device in the ledger; gives their number. */
function findForeignSecrets(
  sql: Statements,
  file: LedgerFile,
  fresh: readonly FileRow[],
  problems: ProblemList,
): number {
  if (fresh.length === 0) return 0;
  // Sealed, one secret looks different each time: all of them are opened.
  const triples = sql.all<KnownTriple & { readonly product_key: string }>(
    `SELECT t.product_key, t.device_name, t.secret, b.source FROM triple t JOIN batch b ON b.id = t.batch_id
     WHERE t.secret IS NOT NULL`,
  );
  const owners = new Map<string, KnownTriple>();
  for (const triple of triples) {
    const place = {
      table: 'triple',
      productKey: triple.product_key,
      deviceName: triple.device_name,
    } as const;
    owners.set(file.open(triple.secret ?? '', place), triple);
  }
  const foreign = fresh.flatMap(({ line, triple }) => {
    const owner = owners.get(triple.deviceSecret);
    return owner === undefined ? [] : [{ line, owner }];
  });
  for (const { line, owner } of foreign) {
    const text = `the ledger has this secret for the device ${owner.device_name}, from ${owner.source}: export the file again`;
    problems.add({ line, column: 'DeviceSecret', text });
  }
  return foreign.length;
}
