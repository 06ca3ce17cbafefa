import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { Attempt } from './attempt.js';
import { interruptRun, requireIdle, takeOverDead } from './attempt-records.js';
import { safeReason } from './journal.js';
import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, ModuleFacts, Reason } from './ledger-types.js';
import { BEAT_PERIOD, isAlive, type ProcessRow, processOf, thisProcess } from './liveness.js';
import type { Statements } from './statements.js';
import { tripleOf } from './triple-records.js';

/** Who works at a station. */
export interface StationName {
  readonly station: string;
  readonly operator: string;
  /** As far as they are known at the start; no other station may have one of them. */
  readonly ports?: readonly RunPort[];
}

/** A port of a station that begins. */
export interface RunPort {
  /** As of `portKey`. */
  readonly key: string;
  /** The name of its slot, if it has one. */
  readonly slot?: string | undefined;
}

/** How a run of a station begins. */
interface Beginning {
  readonly id: number;
  /** Of the journal. */
  readonly lastEntry: number;
  readonly takenOver: readonly AttemptRecord[];
}

/** What else is known of an attempt when it begins. */
interface Insertion {
  readonly tripleId?: number | undefined;
  readonly acceptOtherSim?: boolean;
  /** Why it ends at once. */
  readonly refusal?: Reason;
}

/** One run of a station, from its start to its end, and what it writes into the ledger. */
export class StationRun {
  /** Attempts that dead stations had left, as they were; they have ended as `interrupted`. */
  readonly takenOver: readonly AttemptRecord[];
  readonly #file: LedgerFile;
  readonly #runId: number;
  readonly #runBegan: number;
  readonly #beat: NodeJS.Timeout;
  #ended = false;

  private constructor(file: LedgerFile, { id, lastEntry, takenOver }: Beginning) {
    this.#file = file;
    this.#runId = id;
    this.#runBegan = lastEntry;
    this.takenOver = takenOver;
    this.#beat = setInterval(() => this.#tellAlive(), BEAT_PERIOD).unref();
  }

  /**
   * Writes the station into the ledger. Throws `INVALID_ARGUMENT` if a station that runs has its name or one of its ports,
   * and as `LedgerFile.write`.
   */
  static begin(file: LedgerFile, { station, operator, ports = [] }: StationName): StationRun {
    const self = thisProcess();
    const now = Date.now();
    const begun = file.write((sql) => {
      refuseDouble(sql, station, ports);
      const takenOver = takeOverDead(sql);
      const { id } = sql.run(
        `INSERT INTO station_run (name, operator, pid, start_token, boot, namespace, started_at, beat_at,
           ports)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[station, operator, self.pid, self.startToken, self.boot, self.namespace, now, now],
        JSON.stringify(ports.map(({ key }) => key)),
      );
      const last = sql.get<{ id: number | null }>('SELECT max(id) AS id FROM journal');
      return { id, lastEntry: last?.id ?? 0, takenOver };
    });
    return new StationRun(file, begun);
  }

  /**
   * Begins an attempt at a module. Throws an `ImeiInUse` if one at a module of this IMEI is under way, at this or
   * another station; an `ArgumentError` for what is no IMEI; and as `LedgerFile.write`. What comes next, `reserve` or
   * the end, puts it on the disk. A triple that was verified in a module with another SIM, or an unknown one, is neither
   * written nor proved in it, unless `acceptOtherSim`: `LEDGER_UNUSABLE`.
   */
  attempt(
    module: ModuleFacts,
    port: string,
    { acceptOtherSim = false }: { readonly acceptOtherSim?: boolean } = {},
  ): Attempt {
    checkImei(module.imei);
    return this.#file.note((sql) => {
      this.#requireRunning();
      requireIdle(sql, module.imei);
      const earlier = tripleOf(sql, module.imei);
      const id = this.#insert(sql, module, port, { tripleId: earlier?.id, acceptOtherSim });
      return new Attempt(this.#file, { id, imei: module.imei, earlier, runBegan: this.#runBegan });
    });
  }

  /**
   * Records an attempt that failed before it began, e.g. at the second of two modules with one IMEI. The triple of the
   * IMEI is not touched. Throws as `attempt`, but never `ImeiInUse`.
   */
  refused(module: ModuleFacts, port: string, reason: Reason): void {
    checkImei(module.imei);
    this.#file.write((sql) => {
      this.#requireRunning();
      this.#insert(sql, module, port, { refusal: safeReason(reason) });
    });
  }

  /** Attempts that have not ended are interrupted. May be called again. Throws as `LedgerFile.write`. */
  end(): void {
    if (this.#ended) return;
    this.#file.write((sql) => {
      interruptRun(sql, this.#runId);
      sql.run('UPDATE station_run SET ended_at = ? WHERE id = ?', Date.now(), this.#runId);
    });
    this.#ended = true;
    clearInterval(this.#beat);
  }

  #requireRunning(): void {
    if (this.#ended) throw new ModemError('CLOSED', 'the book of the station was ended');
  }

  #insert(
    sql: Statements,
    { imei, iccid, firmware }: ModuleFacts,
    port: string,
    { tripleId, acceptOtherSim = false, refusal }: Insertion,
  ): number {
    const now = Date.now();
    const end = refusal === undefined ? [null, null] : [now, 'failed'];
    const { id } = sql.run(
      `INSERT INTO attempt (run_id, triple_id, imei, iccid, firmware, port, started_at, ended_at, outcome,
         reason_code, reason_message, other_sim)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[this.#runId, tripleId, imei, iccid, firmware, port, now, ...end],
      ...[refusal?.code, refusal?.message, acceptOtherSim ? 1 : 0],
    );
    return id;
  }

  #tellAlive(): void {
    try {
      this.#file.note((sql) =>
        sql.run('UPDATE station_run SET beat_at = ? WHERE id = ?', Date.now(), this.#runId),
      );
    } catch {
      // The next one comes before anybody misses this one.
    }
  }
}

/**
 * Throws `INVALID_ARGUMENT` if a station that runs has the name, if one is given, or one of the ports: two at one serial
 * server hear each other's modules, and the books could not tell one station from the other.
 */
export function refuseDouble(sql: Statements, station: string | undefined, ports: readonly RunPort[]): void {
  const runs = sql.all<RunRow>(
    `SELECT name, ports, pid, start_token, boot, namespace, started_at, beat_at FROM station_run
     WHERE ended_at IS NULL`,
  );
  for (const run of runs.filter((row) => isAlive(processOf(row, null)))) {
    const who = `(process ${run.pid}, since ${new Date(run.started_at).toISOString()})`;
    if (run.name === station) {
      const what = `a station ${JSON.stringify(station)} runs on this ledger already ${who}`;
      throw new ModemError(
        'INVALID_ARGUMENT',
        `${what}: end it, or give this one another name with --station`,
      );
    }
    const theirs = portsOf(run);
    const taken = ports.find(({ key }) => theirs.includes(key));
    if (taken !== undefined) {
      const port = taken.slot === undefined ? taken.key : `${taken.key} (${taken.slot})`;
      const what = `station ${JSON.stringify(run.name)} ${who} works at ${port} already`;
      throw new ModemError('INVALID_ARGUMENT', `${what}: end it, or give this one other ports`);
    }
  }
}

/** A station that has not ended in the books. */
interface RunRow extends ProcessRow {
  readonly name: string;
  readonly ports: string | null;
  readonly started_at: number;
}

function portsOf({ ports }: RunRow): readonly string[] {
  return ports === null ? [] : (JSON.parse(ports) as string[]);
}

/** TS 23.003 section 6.2.1: 15 digits. The check digit is the station's business: test units may break that rule. */
const IMEI = /^\d{15}$/;

/** Throws an `ArgumentError`. */
function checkImei(imei: unknown): string {
  if (typeof imei === 'string' && IMEI.test(imei)) return imei;
  throw new ArgumentError('imei', JSON.stringify(imei), '15 digits');
}
