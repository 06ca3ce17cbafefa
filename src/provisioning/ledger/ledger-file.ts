import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import { migrate } from './migrate.js';
import { checkPassphrase, makeLock, type Seal, type SecretPlace, unlock } from './seal.js';
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

function rollBack(database: Libsql.Database): void {
  try {
    if (database.inTransaction) database.exec('ROLLBACK');
  } catch {
    // SQLite rolls back by itself after an error of the disk.
  }
}

/** The owner's alone: a ledger holds secrets. */
const RIGHTS = 0o600;

/** SQLite makes its log and its shared memory with the rights of the file; a copy may have brought others. */
const FILES = ['', '-wal', '-shm'] as const;

/** Makes the file if it may be made, and takes the rights of others away. Throws what the file system says. */
function secureFile(path: string, create: boolean): void {
  closeSync(openSync(path, create ? 'a' : 'r+', RIGHTS));
  for (const ending of FILES) {
    const stats = statSync(path + ending, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o077) !== 0) chmodSync(path + ending, RIGHTS);
  }
}

/**
 * The file that was found at a path. A database goes on with the file that it has opened, whatever stands at the path by
 * then: https://www.sqlite.org/howtocorrupt.html section 2.3 [D]. Two stations would give out the same triples, each in
 * a file of its own.
 */
class FilePlace {
  readonly path: string;
  readonly #resolved: string;
  readonly #file: string;

  /** Throws what the file system says. */
  constructor(path: string) {
    this.path = path;
    // The folder of the process can change.
    this.#resolved = resolve(path);
    this.#file = identityOf(this.#resolved) ?? '';
  }

  /** Throws a plain `Error` if the file is not there any more, or another one is. */
  requireSameFile(): void {
    const found = identityOf(this.#resolved);
    if (found === this.#file) return;
    const what = found === undefined ? 'was taken away or renamed' : 'was replaced by another file';
    throw new Error(`it ${what} while it was open: end all stations and commands, and start again`);
  }
}

/** Undefined if there is none. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

/**
 * The error for a failure of the file at `path`; `what` is what could not be done, e.g. `opened`. A `ModemError` is
 * given back as it is. SQLite never puts values into its messages, so no secret can be in them.
 */
function ledgerError(path: string, what: string, cause: unknown): ModemError {
  if (cause instanceof ModemError) return cause;
  if (isBusy(cause)) {
    const text = `the ledger ${path} cannot be ${what}: another process holds it for too long`;
    return new ModemError('LEDGER_BUSY', text, { cause });
  }
  const { code = '', message } = cause as Error & { readonly code?: string };
  const why = RESULTS[primary(cause) ?? 0] ?? SYSTEM_ERRORS[code] ?? message;
  return new ModemError('LEDGER_UNUSABLE', `the ledger ${path} cannot be ${what}: ${why}`, { cause });
}

/** Whether another process held the file for longer than the time limit. */
function isBusy(cause: unknown): boolean {
  return BUSY_RESULTS.includes(primary(cause) ?? 0);
}

/** Primary result code: the low byte of the extended one. */
function primary(cause: unknown): number | undefined {
  const { rawCode } = cause as { readonly rawCode?: unknown };
  return typeof rawCode === 'number' ? rawCode & 0xff : undefined;
}

/** What the primary result codes of SQLite mean for a ledger, in words; https://www.sqlite.org/rescode.html [D]. */
const RESULTS: Readonly<Record<number, string>> = {
  8: 'it cannot be written',
  10: 'the disk reports an error; it may be full',
  11: 'it is damaged; go on with the last copy of it',
  13: 'the disk is full',
  14: 'it, or its folder, cannot be opened',
  26: 'it is no ledger',
};

/** SQLITE_BUSY, SQLITE_LOCKED. */
const BUSY_RESULTS = [5, 6];

/** Of the file system. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; `atmqtt provision import` makes a ledger',
  EACCES: 'this user may not read and write it',
  EPERM: 'this user may not read and write it',
  EISDIR: 'it is a folder',
  EROFS: 'it cannot be written',
  ENOSPC: 'the disk is full',
};
