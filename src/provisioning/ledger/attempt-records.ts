import { ArgumentError } from '../../errors/kinds.js';
import type { AttemptRecord, OpenAttempt, Reason, RecordFilter } from './ledger-types.js';
import { isAlive, type ProcessRow, processOf } from './liveness.js';
import { Conditions, type Statements } from './statements.js';

/** A row of `SELECT_ATTEMPTS`. */
interface AttemptRow {
  readonly id: number;
  readonly triple_id: number | null;
  readonly device_name: string | null;
  readonly imei: string;
  readonly iccid: string | null;
  readonly firmware: string | null;
  readonly station: string;
  readonly operator: string;
  readonly port: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly outcome: AttemptRecord['outcome'] | null;
  readonly reason_code: string | null;
  readonly reason_message: string | null;
}

/** With the process that makes it. */
interface OpenAttemptRow extends AttemptRow, ProcessRow {
  readonly run_ended_at: number | null;
}

const COLUMNS = `a.id, a.triple_id, t.device_name, a.imei, a.iccid, a.firmware, r.name AS station, r.operator, a.port,
  a.started_at, a.ended_at, a.outcome, a.reason_code, a.reason_message`;

const TABLES = `FROM attempt a JOIN station_run r ON r.id = a.run_id LEFT JOIN triple t ON t.id = a.triple_id`;

const SELECT_ATTEMPTS = `SELECT ${COLUMNS} ${TABLES}`;

const SELECT_OPEN = `SELECT ${COLUMNS}, r.pid, r.start_token, r.boot, r.namespace, r.beat_at,
  r.ended_at AS run_ended_at ${TABLES} WHERE a.outcome IS NULL`;

/** In the order in which they began. `states` and `exportId` are those of the triple now. */
export function findAttempts(sql: Statements, filter: RecordFilter = {}): AttemptRecord[] {
  const { imei, deviceName, states, exportId, since, until, station, operator } = filter;
  const where = new Conditions()
    .equal('a.imei', imei)
    .equal('t.device_name', deviceName)
    .oneOf('t.state', states)
    .equal('t.export_id', exportId)
    .within('a.started_at', since, until)
    .equal('r.name', station)
    .equal('r.operator', operator);
  return sql.all<AttemptRow>(`${SELECT_ATTEMPTS}${where.text} ORDER BY a.id`, ...where.values).map(recordOf);
}

/** Throws a plain `Error` if there is none: the caller has the id from the ledger. */
export function attemptWithId(sql: Statements, id: number): AttemptRecord {
  const row = sql.get<AttemptRow>(`${SELECT_ATTEMPTS} WHERE a.id = ?`, id);
  if (row === undefined) throw new Error(`it has no attempt ${id}`);
  return recordOf(row);
}

/** Attempts that have not ended, of one module or of all. */
export function findOpenAttempts(sql: Statements, imei?: string): OpenAttempt[] {
  const rows =
    imei === undefined
      ? sql.all<OpenAttemptRow>(`${SELECT_OPEN} ORDER BY a.id`)
      : sql.all<OpenAttemptRow>(`${SELECT_OPEN} AND a.imei = ?`, imei);
  return rows.map((row) => ({ ...recordOf(row), alive: isAlive(processOf(row, row.run_ended_at)) }));
}

function recordOf(row: AttemptRow): AttemptRecord {
  const { reason_code: code, reason_message: message } = row;
  return {
    id: row.id,
    tripleId: row.triple_id ?? undefined,
    deviceName: row.device_name ?? undefined,
    imei: row.imei,
    iccid: row.iccid ?? undefined,
    firmware: row.firmware ?? undefined,
    station: row.station,
    operator: row.operator,
    port: row.port,
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
    outcome: row.outcome ?? undefined,
    reason: code === null || message === null ? undefined : { code, message },
  };
}

/** An attempt at a module of this IMEI is under way: nobody else may touch its triple. */
export class ImeiInUse extends ArgumentError {
  /** The one that is under way. */
  readonly attempt: AttemptRecord;

  constructor(attempt: AttemptRecord) {
    const { imei, station, port } = attempt;
    super('imei', imei, `one that nobody works on: station ${station} does, on ${port}`);
    this.attempt = attempt;
  }
}

/** Throws an `ImeiInUse` if a living station works on the module; ends what a dead one left. */
export function requireIdle(sql: Statements, imei: string): void {
  for (const attempt of findOpenAttempts(sql, imei)) {
    if (attempt.alive) throw new ImeiInUse(attempt);
    interrupt(sql, attempt.id);
  }
}

/** Ends the attempts of stations that are dead, and gives them. Their triples stay as and where they are. */
export function takeOverDead(sql: Statements): AttemptRecord[] {
  const dead = findOpenAttempts(sql).filter(({ alive }) => !alive);
  for (const { id } of dead) interrupt(sql, id);
  return dead;
}

/** Ends all that a station has begun. */
export function interruptRun(sql: Statements, runId: number): void {
  const open = sql.all<{ id: number }>('SELECT id FROM attempt WHERE outcome IS NULL AND run_id = ?', runId);
  for (const { id } of open) interrupt(sql, id);
}

/** How an attempt ends that its station could not end. */
const STATION_ENDED: Reason = {
  code: 'INTERRUPTED',
  message: 'the station ended before the result',
};

function interrupt(sql: Statements, attemptId: number): void {
  const { code, message } = STATION_ENDED;
  sql.run(
    `UPDATE attempt SET outcome = 'interrupted', ended_at = ?, reason_code = ?, reason_message = ? WHERE id = ?`,
    ...[Date.now(), code, message, attemptId],
  );
}
