import type { Statements } from './statements.js';

/**
 * Failures of the step `register` that say for certain that the cloud has given out no secret: it was not asked, or it
 * said no. Any other failure, none at all, and a success whose secret is not in the ledger may have given out one.
 */
const NO_SECRET = ['REGISTRATION_FAILED', 'REGISTRATION_REFUSED', 'ALREADY_ACTIVATED', 'ABORTED'];

/** A registration that was asked for. */
export interface AskedRegistration {
  /** ms since 1970. */
  readonly at: number;
  /** Of its intent in the journal. */
  readonly entry: number;
}

/**
 * The latest registration that may have given out a secret which the ledger does not have; undefined if there is none.
 * To be asked for a triple without a secret.
 */
export function unansweredRegistration(sql: Statements, tripleId: number): AskedRegistration | undefined {
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
