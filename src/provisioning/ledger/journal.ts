import type { AttemptRecord, Reason, StepName } from './ledger-types.js';
import type { Statements } from './statements.js';

/** Of whom the journal tells. */
type Teller = Pick<AttemptRecord, 'id' | 'imei' | 'tripleId'>;

/** Gives the number of the entry, to which the observation belongs. */
export function tellIntent(
  sql: Statements,
  { id, imei, tripleId }: Teller,
  step: StepName,
  detail: string | undefined,
): number {
  const entry = sql.run(
    `INSERT INTO journal (at, attempt_id, triple_id, imei, event, what, detail) VALUES (?, ?, ?, ?, ?, 'intent', ?)`,
    ...[Date.now(), id, tripleId, imei, step, detail],
  );
  return entry.id;
}

export function tellDone(sql: Statements, attempt: Teller, intent: number): void {
  observe(sql, attempt, intent, 'done');
}

export function tellFailed(sql: Statements, attempt: Teller, intent: number, reason: Reason): void {
  observe(sql, attempt, intent, 'failed', reason);
}

function observe(
  sql: Statements,
  { tripleId }: Teller,
  intent: number,
  what: 'done' | 'failed',
  reason?: Reason,
): void {
  sql.run(
    `INSERT INTO journal (at, attempt_id, triple_id, imei, event, what, code, detail, intent_id)
     SELECT ?, attempt_id, ?, imei, event, ?, ?, ?, id FROM journal WHERE id = ?`,
    ...[Date.now(), tripleId, what, reason?.code, reason?.message, intent],
  );
}
