import { isSameCard } from '../../at/iccid.js';
import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, Reason, TripleRecord } from './ledger-types.js';
import type { Statements } from './statements.js';

/** Proved in its module. */
export function isProved({ state }: Pick<TripleRecord, 'state'>): boolean {
  return state === 'verified' || state === 'exported';
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
