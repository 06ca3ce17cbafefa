import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import { FilePlace } from './file-place.js';
import { secureFile } from './file-rights.js';
import { isBusy, ledgerError } from './ledger-error.js';
import { migrate } from './migrate.js';
import { checkPassphrase, makeLock, unlock } from './passphrase.js';
import type { Seal, SecretPlace } from './seal.js';
import { Statements } from './statements.js';

export interface OpenLedgerOptions {
  /** Make the file if there is none, default false. With a passphrase its secrets are encrypted from then on. */
  readonly create?: boolean;
  /** Of a ledger that was made with one. */
  readonly passphrase?: string;
  /** ms for which to wait until another process has written, default 10 000. The event loop waits as well. */
  readonly busyTimeout?: number;
}

const BUSY_TIMEOUT = 10_000;

/** ms until opening is tried again while another process is making the file. */
const RETRY = 20;

/** The SQLite file of a ledger, with a write-ahead log; several processes may have it open. */
export class LedgerFile {
  readonly path: string;
  readonly #database: Libsql.Database;
  readonly #statements: Statements;
  readonly #seal: Seal;
  readonly #place: FilePlace;
  #closed = false;

  private constructor(place: FilePlace, database: Libsql.Database, seal: Seal) {
    this.path = place.path;
    this.#place = place;
    this.#database = database;
    this.#statements = new Statements(database);
    this.#seal = seal;
  }

  /** Rejects with `LEDGER_UNUSABLE`, `LEDGER_BUSY`, and an `ArgumentError` for an empty passphrase. */
  static async open(path: string, options: OpenLedgerOptions = {}): Promise<LedgerFile> {
    const { create = false, passphrase, busyTimeout = BUSY_TIMEOUT } = options;
    checkPassphrase(passphrase);
    let database: Libsql.Database | undefined;
    try {
      secureFile(path, create);
      const place = new FilePlace(path);
      const { default: Database } = await import('libsql');
      database = new Database(path, { timeout: busyTimeout });
      await prepare(database, create ? await makeLock(passphrase) : undefined, busyTimeout);
      const entry = new Statements(database).get<{ value: string }>(
        "SELECT value FROM meta WHERE name = 'lock'",
      );
      if (entry === undefined) throw new Error('its entry about the passphrase is missing');
      return new LedgerFile(place, database, await unlock(entry.value, passphrase));
    } catch (error) {
      database?.close();
      throw ledgerError(path, 'opened', error);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Reads one state of the ledger, whatever others write meanwhile. Throws as `write`. */
  read<T>(run: (sql: Statements) => T): T {
    return this.#within('BEGIN', 'read', run);
  }

  /**
   * All of it or nothing, and on the disk when this returns. Nobody else writes meanwhile. Throws `LEDGER_BUSY`,
   * `LEDGER_UNUSABLE` (also when another file has taken its place), `CLOSED`, and any `ModemError` of `run`; nothing is
   * changed then.
   */
  write<T>(run: (sql: Statements) => T): T {
    return this.#within('PRAGMA synchronous = FULL; BEGIN IMMEDIATE', 'written', run);
  }

  /**
   * As `write`, but only the next `write` of any process puts it on the disk: a kill leaves it, a power cut may take it
   * away. For what may be unknown later, never for what something else relies on. In WAL mode a commit with FULL syncs
   * what is in the log before it as well: https://www.sqlite.org/wal.html [D].
   */
  note<T>(run: (sql: Statements) => T): T {
    return this.#within('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE', 'written', run);
  }

  seal(secret: string, place: SecretPlace): string {
    return this.#seal.seal(secret, place);
  }

  /** Throws `LEDGER_UNUSABLE` for a secret that was put into another place, or damaged. */
  open(sealed: string, place: SecretPlace): string {
    try {
      return this.#seal.open(sealed, place);
    } catch (error) {
      throw ledgerError(this.path, 'read', error);
    }
  }

  /** Throws `LEDGER_UNUSABLE` for a file whose structure is damaged; takes time with its size. */
  check(): void {
    this.read((sql) => {
      const found = sql.get<{ quick_check: string }>('PRAGMA quick_check(1)');
      if (found?.quick_check !== 'ok') throw new Error('it is damaged; go on with the last copy of it');
    });
  }

  /** The last process to close it leaves one file without its log. May be called again. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      // The log goes by its name: under a file that was replaced it is that of the other one.
      this.#place.requireSameFile();
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // What is committed is in the log: the next one to open the file finds it there.
    }
    this.#statements.forget();
    this.#database.close();
  }

  #within<T>(begin: string, what: string, run: (sql: Statements) => T): T {
    try {
      if (this.#closed) throw new ModemError('CLOSED', `the ledger ${this.path} was closed`);
      this.#place.requireSameFile();
      this.#database.exec(begin);
      const result = run(this.#statements);
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (!this.#closed) rollBack(this.#database);
      throw ledgerError(this.path, what, error);
    }
  }
}

function rollBack(database: Libsql.Database): void {
  try {
    if (database.inTransaction) database.exec('ROLLBACK');
  } catch {
    // SQLite rolls back by itself after an error of the disk.
  }
}

/** Where several processes make the file at once, SQLite reports that it is busy without waiting. */
async function prepare(database: Libsql.Database, lock: string | undefined, limit: number): Promise<void> {
  const beginning = lock === undefined ? undefined : (fresh: Libsql.Database) => storeLock(fresh, lock);
  const until = Date.now() + limit;
  for (;;) {
    try {
      migrate(database, { beginning });
      database.exec('PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON');
      return;
    } catch (error) {
      rollBack(database);
      if (!isBusy(error) || Date.now() >= until) throw error;
      await delay(RETRY);
    }
  }
}

function storeLock(database: Libsql.Database, lock: string): void {
  database.prepare("INSERT INTO meta (name, value) VALUES ('lock', ?)").run([lock]);
}
