import { isSameCard } from '../../at/commands/iccid.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, Reason, RecordFilter, TripleRecord, TripleState } from './ledger-types.js';
import { Conditions, type Statements } from './statements.js';

/** A row of `SELECT_TRIPLES`. */
interface TripleRow {
  readonly id: number;
  readonly product_key: string;
  readonly device_name: string;
  readonly state: TripleRecord['state'];
  readonly origin: TripleRecord['origin'];
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly firmware: string | null;
  readonly reason_code: string | null;
  readonly reason_message: string | null;
  readonly batch: string;
  readonly imported_at: number;
  readonly changed_at: number;
  readonly verified_at: number | null;
  readonly station: string | null;
  readonly operator: string | null;
  readonly export_id: number | null;
}

const SELECT_TRIPLES = `
SELECT t.id, t.product_key, t.device_name, t.state, t.origin, t.imei, v.iccid, v.firmware, t.reason_code,
  t.reason_message, b.source AS batch, t.imported_at, t.changed_at, t.verified_at, r.name AS station, r.operator,
  t.export_id
FROM triple t
JOIN batch b ON b.id = t.batch_id
LEFT JOIN attempt v ON v.id = t.verified_attempt
LEFT JOIN station_run r ON r.id = v.run_id`;

/** In the order of their ids, which is that of the import. */
export function findTriples(sql: Statements, filter: RecordFilter = {}): TripleRecord[] {
  const { imei, deviceName, states, exportId, since, until, station, operator } = filter;
  const where = new Conditions()
    .equal('t.imei', imei)
    .equal('t.device_name', deviceName)
    .oneOf('t.state', states)
    .equal('t.export_id', exportId)
    .within('t.changed_at', since, until)
    .equal('r.name', station)
    .equal('r.operator', operator);
  return sql.all<TripleRow>(`${SELECT_TRIPLES}${where.text} ORDER BY t.id`, ...where.values).map(recordOf);
}

/** Throws a plain `Error` if there is none: the caller has the id from the ledger. */
export function tripleWithId(sql: Statements, id: number): TripleRecord {
  const row = sql.get<TripleRow>(`${SELECT_TRIPLES} WHERE t.id = ?`, id);
  if (row === undefined) throw new Error(`it has no triple ${id}`);
  return recordOf(row);
}

/** The triple of a module. */
export function tripleOf(sql: Statements, imei: string): TripleRecord | undefined {
  const row = sql.get<TripleRow>(`${SELECT_TRIPLES} WHERE t.imei = ?`, imei);
  return row === undefined ? undefined : recordOf(row);
}

/** How many are in each state. */
export function countTriples(sql: Statements): Record<TripleState, number> {
  const rows = sql.all<{ state: TripleState; count: number }>(
    'SELECT state, count(*) AS count FROM triple GROUP BY state',
  );
  const counts = { new: 0, reserved: 0, written: 0, verified: 0, exported: 0, failed: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

function recordOf(row: TripleRow): TripleRecord {
  const { reason_code: code, reason_message: message } = row;
  return {
    id: row.id,
    productKey: row.product_key,
    deviceName: row.device_name,
    state: row.state,
    origin: row.origin,
    imei: row.imei ?? undefined,
    iccid: row.iccid ?? undefined,
    firmware: row.firmware ?? undefined,
    reason: code === null || message === null ? undefined : { code, message },
    batch: row.batch,
    importedAt: row.imported_at,
    changedAt: row.changed_at,
    verifiedAt: row.verified_at ?? undefined,
    station: row.station ?? undefined,
    operator: row.operator ?? undefined,
    exportId: row.export_id ?? undefined,
  };
}

/** The triple with its secret; undefined while it has none. */
export function tripleSecret(
  sql: Statements,
  file: LedgerFile,
  { id, productKey, deviceName }: TripleRecord,
): DeviceTriple | undefined {
  const secret = sql.get<{ secret: string | null }>('SELECT secret FROM triple WHERE id = ?', id)?.secret;
  if (secret === undefined || secret === null) return undefined;
  return {
    productKey,
    deviceName,
    deviceSecret: file.open(secret, { table: 'triple', productKey, deviceName }),
  };
}

/** Proved in its module. */
export function isProved(record: Pick<TripleRecord, 'state'> | undefined): boolean {
  return record?.state === 'verified' || record?.state === 'exported';
}

/** The secret of a triple that the cloud has registered; the registrations before are answered by it. */
export function storeSecret(sql: Statements, file: LedgerFile, triple: TripleRecord, secret: string): void {
  const { id, productKey, deviceName } = triple;
  const place = { table: 'triple', productKey, deviceName } as const;
  const { known } =
    sql.get<{ known: string | null }>('SELECT secret AS known FROM triple WHERE id = ?', id) ?? {};
  if (known !== undefined && known !== null && file.open(known, place) === secret) return;
  sql.run(
    `UPDATE triple SET secret = ?, registered_step = (SELECT max(id) FROM journal), changed_at = ? WHERE id = ?`,
    ...[file.seal(secret, place), Date.now(), id],
  );
}

export function writeTriple(sql: Statements, triple: TripleRecord): void {
  if (triple.state === 'written' || isProved(triple)) return;
  sql.run("UPDATE triple SET state = 'written', changed_at = ? WHERE id = ?", Date.now(), triple.id);
}

/** What was exported with other facts of the module is to be exported again. */
export function verifyTriple(sql: Statements, triple: TripleRecord, attempt: AttemptRecord): void {
  const sameSim = triple.iccid === attempt.iccid || isSameCard(triple.iccid, attempt.iccid);
  const same = sameSim && triple.firmware === attempt.firmware;
  const state = triple.state === 'exported' && same ? 'exported' : 'verified';
  const now = Date.now();
  sql.run(
    'UPDATE triple SET state = ?, changed_at = ?, verified_at = ?, verified_attempt = ? WHERE id = ?',
    ...[state, now, now, attempt.id, triple.id],
  );
}

/** What was proved before fails only if the attempt has `reserved` it. */
export function failTriple(sql: Statements, id: number, { code, message }: Reason, reserved: boolean): void {
  sql.run(
    `UPDATE triple SET state = 'failed', reason_code = ?, reason_message = ?, changed_at = ?
     WHERE id = ? AND (? OR state NOT IN ('verified', 'exported'))`,
    ...[code, message, Date.now(), id, reserved ? 1 : 0],
  );
}
