import { checkSecret } from '../../cloud/aliyun/triple.js';
import { ModemError } from '../../errors/modem-error.js';
import { attemptWithId } from './attempt-records.js';
import { reasonOfError, safeReason, safeText, tellDone, tellFailed, tellIntent } from './journal.js';
import type { LedgerFile } from './ledger-file.js';
import type { AttemptRecord, Reason, Reservation, StepName, TripleRecord } from './ledger-types.js';
import { reserveTriple } from './reservation.js';
import type { Statements } from './statements.js';
import {
  failTriple,
  isProved,
  storeSecret,
  tripleWithId,
  verifyTriple,
  writeTriple,
} from './triple-records.js';

/**
 * Steps that change neither module nor cloud for good, within what stands on the disk already: after a power cut it may
 * be unknown that one was begun.
 */
const FLEETING: readonly StepName[] = ['read-back', 'read-kept', 'prove', 'disconnect'];

/** What an attempt begins with. */
interface AttemptBeginning {
  readonly id: number;
  readonly imei: string;
  readonly earlier: TripleRecord | undefined;
  /** The last entry of the journal before the run of the station. */
  readonly runBegan: number;
}

/**
 * One try at one module. Every method writes the ledger before it returns; each throws `LEDGER_BUSY`,
 * `LEDGER_UNUSABLE`, and `CLOSED` when the attempt has ended, e.g. with its station; nothing is changed then.
 */
export class Attempt {
  readonly id: number;
  readonly imei: string;
  /** The triple that the module had when the attempt began. */
  readonly earlier: TripleRecord | undefined;
  readonly #file: LedgerFile;
  readonly #runBegan: number;
  /** Secrets that no text of the books may hold. */
  readonly #secrets = new Set<string>();
  #reserved = false;

  constructor(file: LedgerFile, { id, imei, earlier, runBegan }: AttemptBeginning) {
    this.#file = file;
    this.#runBegan = runBegan;
    this.id = id;
    this.imei = imei;
    this.earlier = earlier;
  }

  /**
   * The triple for this module: the one it has, else a free one that bears its IMEI as its name, else the oldest free
   * one, else, with a product, one that is named after its IMEI; undefined when there is none. Throws an `ArgumentError`
   * for a name that another triple has.
   */
  reserve(): Reservation | undefined {
    const reservation = this.#file.write((sql) =>
      reserveTriple(sql, this.#file, this.#open(sql), this.#runBegan),
    );
    this.#reserved = reservation !== undefined;
    if (reservation?.triple !== undefined) this.#secrets.add(reservation.triple.deviceSecret);
    return reservation;
  }

  /**
   * Does something with the module or the cloud. The intent is in the ledger before `run` is called, and on the disk
   * unless the step only looks, proves or says goodbye; that it was done, or failed and why, is written after. Rejects
   * as `run`, and when the ledger cannot be written.
   */
  async step<T>(name: StepName, run: () => Promise<T>, detail?: string): Promise<T> {
    const shown = detail === undefined ? undefined : safeText(detail, this.#secrets);
    const tell = (sql: Statements) => tellIntent(sql, this.#open(sql), name, shown);
    const intent = FLEETING.includes(name) ? this.#file.note(tell) : this.#file.write(tell);
    let result: T;
    try {
      result = await run();
    } catch (error) {
      this.#noteFailure(intent, error);
      throw error;
    }
    this.#file.note((sql) => tellDone(sql, this.#open(sql), intent));
    return result;
  }

  /**
   * Stores the secret that the cloud gave out. To be called inside of the step `register`, so that its end means that
   * the secret is safe. May be called again with the same secret.
   */
  registered(secret: string): void {
    checkSecret('deviceSecret', secret);
    this.#secrets.add(secret);
    this.#file.write((sql) => storeSecret(sql, this.#file, this.#triple(sql), secret));
  }

  /**
   * The triple is in the module. One that was verified before stays so. A power cut may take this away: reserved, it is
   * written into the same module again.
   */
  written(): void {
    this.#file.note((sql) => writeTriple(sql, this.#triple(sql)));
  }

  /** The triple is proved in the module. The ledger refuses unless the step `prove` of this attempt was done. */
  verified(): void {
    this.#file.write((sql) => verifyTriple(sql, this.#triple(sql), this.#open(sql)));
  }

  /** Ends the attempt. Its triple must be verified. May be called again. */
  pass(): void {
    this.#end('passed');
  }

  /** Ends the attempt at a module that was verified before. May be called again. */
  already(): void {
    this.#end('already');
  }

  /**
   * Ends the attempt. What it reserved fails with it, and so does what was never proved in this module; what was proved
   * before stays so if the attempt did not get as far as `reserve`. May be called again, also when the attempt was
   * interrupted meanwhile.
   */
  fail(reason: Reason): void {
    const safe = safeReason(reason, this.#secrets);
    this.#file.write((sql) => {
      const attempt = attemptWithId(sql, this.id);
      if (attempt.outcome === 'failed' || attempt.outcome === 'interrupted') return;
      requireOpen(attempt);
      if (attempt.tripleId !== undefined) failTriple(sql, attempt.tripleId, safe, this.#reserved);
      sql.run(
        `UPDATE attempt SET outcome = 'failed', ended_at = ?, reason_code = ?, reason_message = ? WHERE id = ?`,
        ...[Date.now(), safe.code, safe.message, this.id],
      );
    });
  }

  #end(outcome: 'passed' | 'already'): void {
    this.#file.write((sql) => {
      const attempt = attemptWithId(sql, this.id);
      if (attempt.outcome === outcome) return;
      const triple = this.#triple(sql);
      if (!isProved(triple)) throw new Error(`its triple is ${triple.state}, not verified`);
      sql.run('UPDATE attempt SET outcome = ?, ended_at = ? WHERE id = ?', outcome, Date.now(), this.id);
    });
  }

  #open(sql: Statements): AttemptRecord {
    return requireOpen(attemptWithId(sql, this.id));
  }

  #triple(sql: Statements): TripleRecord {
    const { tripleId } = this.#open(sql);
    if (tripleId === undefined) throw new Error('the attempt has reserved nothing');
    return tripleWithId(sql, tripleId);
  }

  /** The error of the run matters more than one of the ledger: the next writing meets that as well. */
  #noteFailure(intent: number, error: unknown): void {
    try {
      const reason = reasonOfError(error, this.#secrets);
      this.#file.note((sql) => tellFailed(sql, this.#open(sql), intent, reason));
    } catch {
      // An intent without an observation: that nothing is known of it is true.
    }
  }
}

function requireOpen(attempt: AttemptRecord): AttemptRecord {
  if (attempt.outcome === undefined) return attempt;
  throw new ModemError('CLOSED', `the attempt at ${attempt.imei} has ended: ${attempt.outcome}`);
}
