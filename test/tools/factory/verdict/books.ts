import Database from 'libsql';

/** A row of the table of triples, of those that a module ever had. */
export interface TripleRow {
  readonly id: number;
  readonly device_name: string;
  readonly state: string;
  readonly imei: string | null;
  readonly secret: string | null;
  readonly reason_code: string | null;
  readonly verified_attempt: number | null;
}

/** Times are ms since 1970. */
export interface AttemptRow {
  readonly id: number;
  readonly imei: string;
  readonly triple_id: number | null;
  readonly device_name: string | null;
  readonly port: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly outcome: string | null;
  readonly reason_code: string | null;
  readonly reason_message: string | null;
}

export interface StepRow {
  readonly id: number;
  readonly at: number;
  readonly attempt_id: number;
  readonly triple_id: number | null;
  readonly event: string;
  readonly what: string;
  readonly code: string | null;
  readonly intent_id: number | null;
}

/** The ledger as SQL on the file itself tells it, opened read-only. */
export interface Books {
  readonly triples: readonly TripleRow[];
  readonly attempts: readonly AttemptRow[];
  readonly steps: readonly StepRow[];
  /** Queries that must find nothing, and what they found. */
  readonly faults: readonly string[];
}

/** What must not be found, with the words for it. */
const RULES: readonly (readonly [what: string, sql: string])[] = [
  [
    'an IMEI has two triples',
    'SELECT imei FROM triple WHERE imei IS NOT NULL GROUP BY imei HAVING count(*) > 1',
  ],
  [
    'an IMEI had two triples in its attempts',
    'SELECT imei FROM attempt WHERE triple_id IS NOT NULL GROUP BY imei HAVING count(DISTINCT triple_id) > 1',
  ],
  [
    'a triple had two IMEIs in its attempts',
    `SELECT triple_id FROM attempt WHERE triple_id IS NOT NULL GROUP BY triple_id
     HAVING count(DISTINCT imei) > 1`,
  ],
  ['an attempt is open', 'SELECT id, imei FROM attempt WHERE outcome IS NULL'],
  [
    'an intent has no observation, and its attempt was not interrupted',
    `SELECT j.id, j.event FROM journal j JOIN attempt a ON a.id = j.attempt_id
     LEFT JOIN journal o ON o.intent_id = j.id
     WHERE j.what = 'intent' AND o.id IS NULL AND a.outcome <> 'interrupted'`,
  ],
  [
    'a triple is verified without a proof in its attempt',
    `SELECT t.id FROM triple t WHERE t.state = 'verified' AND NOT EXISTS (SELECT 1 FROM journal j
     WHERE j.attempt_id = t.verified_attempt AND j.event = 'prove' AND j.what = 'done')`,
  ],
  ['a reference leads nowhere', 'PRAGMA foreign_key_check'],
  ['the file is damaged', "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"],
];

export function readBooks(path: string): Books {
  const database = new Database(path, { readonly: true });
  const all = <Row>(sql: string) => database.prepare(sql).all() as Row[];
  try {
    return {
      triples: all('SELECT * FROM triple WHERE imei IS NOT NULL'),
      attempts: all(
        'SELECT a.*, t.device_name FROM attempt a LEFT JOIN triple t ON t.id = a.triple_id ORDER BY a.id',
      ),
      steps: all(
        "SELECT * FROM journal WHERE event NOT IN ('attempt', 'state', 'release', 'export') ORDER BY id",
      ),
      faults: RULES.flatMap(([what, sql]) => all(sql).map((row) => `${what}: ${JSON.stringify(row)}`)),
    };
  } finally {
    database.close();
  }
}
