import { findOpenAttempts } from './attempt-records.js';
import { ImeiInUse } from './imei-in-use.js';
import type { AttemptRecord, Reason } from './ledger-types.js';
import type { Statements } from './statements.js';

/** How an attempt ends that its station could not end. */
export const STATION_ENDED: Reason = {
  code: 'INTERRUPTED',
  message: 'the station ended before the result',
};

/** Ends the attempts of stations that are dead, and gives them. Their triples stay as and where they are. */
export function takeOverDead(sql: Statements): AttemptRecord[] {
  const dead = findOpenAttempts(sql).filter(({ alive }) => !alive);
  for (const { id } of dead) interrupt(sql, id);
  return dead;
}

/** Throws an `ImeiInUse` if a living station works on the module; ends what a dead one left. */
export function requireIdle(sql: Statements, imei: string): void {
  for (const attempt of findOpenAttempts(sql, imei)) {
    if (attempt.alive) throw new ImeiInUse(attempt);
    interrupt(sql, attempt.id);
  }
}

/** Ends all that a station has begun. */
export function interruptRun(sql: Statements, runId: number): void {
  const open = sql.all<{ id: number }>('SELECT id FROM attempt WHERE outcome IS NULL AND run_id = ?', runId);
  for (const { id } of open) interrupt(sql, id);
}

function interrupt(sql: Statements, attemptId: number): void {
  const { code, message } = STATION_ENDED;
  sql.run(
    `UPDATE attempt SET outcome = 'interrupted', ended_at = ?, reason_code = ?, reason_message = ? WHERE id = ?`,
    ...[Date.now(), code, message, attemptId],
  );
}
