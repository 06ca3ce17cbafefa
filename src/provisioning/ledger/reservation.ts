import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, Reservation } from './ledger-types.js';
import { nameTriple } from './product.js';
import type { Statements } from './statements.js';
import { isProved, tripleOf, tripleSecret, tripleWithId } from './triple-records.js';

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
  if (!isProved(own)) bind(sql, tripleId, imei);
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

/**
 * Failures of the step `register` that say for certain that the cloud has given out no secret: it was not asked, or it
 * said no. Any other failure, none at all, and a success whose secret is not in the ledger may have given out one.
 */
const NO_SECRET = ['REGISTRATION_FAILED', 'REGISTRATION_REFUSED', 'ALREADY_ACTIVATED', 'ABORTED'];

/** A registration that was asked for. */
interface AskedRegistration {
  /** ms since 1970. */
  readonly at: number;
  /** Of its intent in the journal. */
  readonly entry: number;
}

/**
 * The latest registration that may have given out a secret which the ledger does not have; undefined if there is none.
 * To be asked for a triple without a secret.
 */
function unansweredRegistration(sql: Statements, tripleId: number): AskedRegistration | undefined {
  return sql.get<AskedRegistration>(
    `SELECT i.at, i.id AS entry FROM journal i
     JOIN triple t ON t.id = i.triple_id
     LEFT JOIN journal o ON o.intent_id = i.id
     WHERE t.id = ? AND i.event = 'register' AND i.what = 'intent' AND i.id > coalesce(t.registered_step, 0)
       AND (o.what IS NOT 'failed' OR o.code NOT IN (${NO_SECRET.map(() => '?').join(', ')}))
     ORDER BY i.id DESC LIMIT 1`,
    ...[tripleId, ...NO_SECRET],
  );
}
