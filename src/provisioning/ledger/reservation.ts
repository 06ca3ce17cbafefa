import type { DeviceTriple } from '../../dialects/dialect.js';
import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, Reservation, TripleRecord } from './ledger-types.js';
import { nameTriple } from './named-triple.js';
import type { Statements } from './statements.js';
import { tripleOf, tripleWithId } from './triple-records.js';
import { isProved } from './triple-states.js';
import { unansweredRegistration } from './unanswered.js';

/**
 * The triple for the module of the attempt; undefined when there is none. `runBegan` is the last entry of the journal
 * before the run of the station: the clock may have been set since.
 */
export function reserveTriple(
  sql: Statements,
  file: LedgerFile,
  { id, imei }: AttemptRecord,
  runBegan: number,
): Reservation | undefined {
  const own = tripleOf(sql, imei);
  const tripleId = own?.id ?? freeTriple(sql, imei) ?? nameTriple(sql, imei);
  if (tripleId === undefined) return undefined;
  sql.run('UPDATE attempt SET triple_id = ? WHERE id = ?', tripleId, id);
  // What was proved stays so until the new proof fails.
  if (own === undefined || !isProved(own)) bind(sql, tripleId, imei);
  const record = tripleWithId(sql, tripleId);
  const triple = tripleSecret(sql, file, record);
  const asked = triple === undefined ? unansweredRegistration(sql, tripleId) : undefined;
  return {
    record,
    triple,
    again: own !== undefined,
    unansweredRegistration: asked?.at,
    askedInThisRun: asked !== undefined && asked.entry > runBegan,
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

/** In the order of the import; but where devices are named after IMEIs, the module gets the one that bears its own. */
function freeTriple(sql: Statements, imei: string): number | undefined {
  const named = sql.get<{ id: number }>(
    `SELECT id FROM triple WHERE device_name = ? AND state = 'new' AND origin = 'file' ORDER BY id LIMIT 1`,
    imei,
  );
  const oldest = () =>
    sql.get<{ id: number }>(
      `SELECT id FROM triple WHERE state = 'new' AND origin = 'file' ORDER BY id LIMIT 1`,
    );
  return (named ?? oldest())?.id;
}

function bind(sql: Statements, tripleId: number, imei: string): void {
  sql.run(
    `UPDATE triple SET state = 'reserved', imei = ?, reason_code = NULL, reason_message = NULL, changed_at = ?
     WHERE id = ?`,
    ...[imei, Date.now(), tripleId],
  );
}
