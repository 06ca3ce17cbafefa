import { maskSecrets } from '../../errors/secrets.js';
import type { AttemptRecord, AuditRecord, Reason, StepName } from './ledger-types.js';
import { Conditions, type Statements } from './statements.js';

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

/** A row of either statement below. */
interface AuditRow {
  readonly at: number;
  readonly triple_id: number | null;
  readonly device_name: string | null;
  readonly imei: string | null;
  readonly attempt_id: number | null;
  readonly station: string | null;
  readonly operator: string | null;
  readonly port: string | null;
  readonly event: string;
  readonly what: string;
  readonly code: string | null;
  readonly detail: string | null;
}

interface AuditFilter {
  readonly imei?: string;
  readonly deviceName?: string;
}

/** How triples came into the ledger: no entries of their own, a file brings very many at once. */
const SELECT_IMPORTS = `
SELECT t.imported_at AS at, t.id AS triple_id, t.device_name, t.named_for AS imei, NULL AS attempt_id,
  NULL AS station, b.operator, NULL AS port, 'import' AS event, t.origin AS what, NULL AS code,
  b.source || iif(t.line IS NULL, '', ', line ' || t.line) AS detail
FROM triple t JOIN batch b ON b.id = t.batch_id`;

const SELECT_JOURNAL = `
SELECT j.at, j.triple_id, t.device_name, j.imei, j.attempt_id, r.name AS station,
  coalesce(j.operator, r.operator) AS operator, a.port, j.event, j.what, j.code, j.detail
FROM journal j
LEFT JOIN attempt a ON a.id = j.attempt_id
LEFT JOIN station_run r ON r.id = a.run_id
LEFT JOIN triple t ON t.id = j.triple_id`;

const OF_IMEI = 'j.imei = ?';

/** All entries of the attempts that had it, also those from before it was reserved. */
const OF_NAME = `j.id IN (
  SELECT n.id FROM journal n JOIN triple t ON t.id = n.triple_id WHERE t.device_name = ?
  UNION SELECT n.id FROM journal n JOIN attempt a ON a.id = n.attempt_id JOIN triple t ON t.id = a.triple_id
  WHERE t.device_name = ?)`;

/** What happened to a module, or to a triple, in order; with both, what happened to both. */
export function findAudit(sql: Statements, { imei, deviceName }: AuditFilter): AuditRecord[] {
  const where = new Conditions();
  if (imei !== undefined) where.that(OF_IMEI, imei);
  if (deviceName !== undefined) where.that(OF_NAME, deviceName, deviceName);
  const rows = sql.all<AuditRow>(`${SELECT_JOURNAL}${where.text} ORDER BY j.id`, ...where.values);
  return [...importsOf(sql, rows, deviceName), ...rows].map(auditRecord);
}

/** The imports of the triples that the rows are about, and of that name. */
function importsOf(
  sql: Statements,
  rows: readonly AuditRow[],
  deviceName: string | undefined,
): readonly AuditRow[] {
  const ids = new Set(rows.flatMap(({ triple_id: id }) => (id === null ? [] : [id])));
  if (deviceName !== undefined) {
    const named = sql.all<{ id: number }>('SELECT id FROM triple WHERE device_name = ?', deviceName);
    for (const { id } of named) ids.add(id);
  }
  return [...ids]
    .sort((a, b) => a - b)
    .flatMap((id) => sql.all<AuditRow>(`${SELECT_IMPORTS} WHERE t.id = ?`, id));
}

function auditRecord(row: AuditRow): AuditRecord {
  const { code, detail } = row;
  return {
    at: row.at,
    tripleId: row.triple_id ?? undefined,
    deviceName: row.device_name ?? undefined,
    imei: row.imei ?? undefined,
    attemptId: row.attempt_id ?? undefined,
    station: row.station ?? undefined,
    operator: row.operator ?? undefined,
    port: row.port ?? undefined,
    event: row.event,
    what: row.what,
    detail: (code === null ? detail : `${code}: ${detail}`) ?? undefined,
  };
}

/** Longer texts are cut: they are for people. */
const MAX_LENGTH = 2_000;

type Secrets = ReadonlySet<string>;

const NO_SECRETS: Secrets = new Set();

/** The text as it may stand in the books: without the secrets that are known, and those that can be told by their place. */
export function safeText(text: string, secrets: Secrets = NO_SECRETS): string {
  const hidden = [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return maskSecrets(hidden).slice(0, MAX_LENGTH);
}

/** The same for a reason; one that says nothing says its code. */
export function safeReason({ code, message }: Reason, secrets: Secrets = NO_SECRETS): Reason {
  const text = safeText(message, secrets);
  return { code, message: text === '' ? code : text };
}

/** What stands in the books about an error that a step threw. */
export function reasonOfError(error: unknown, secrets: Secrets): Reason {
  if (!(error instanceof Error)) return safeReason({ code: 'ERROR', message: String(error) }, secrets);
  const { code } = error as { readonly code?: unknown };
  return safeReason({ code: typeof code === 'string' ? code : error.name, message: error.message }, secrets);
}
