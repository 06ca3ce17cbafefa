import type Libsql from 'libsql';

/** "ATMQ": what kind of SQLite file it is. */
const APPLICATION_ID = 0x41_54_4d_51;

/** To be raised with every change of the tables. */
const VERSION = 1;

const TABLES = `
BEGIN IMMEDIATE;
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,
  qos INTEGER NOT NULL,
  retain INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  expires_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  failure TEXT
) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${VERSION};
COMMIT`;

/** Locks the file for this process, and makes the tables if it is empty. Throws a plain `Error` for a foreign file. */
export function prepareSchema(database: Libsql.Database): void {
  // Before the first access: then SQLite needs no shared memory beside the file, and holds the lock until it closes.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  const fresh = application === 0 && isEmpty(database);
  if (!fresh && application !== APPLICATION_ID) throw new Error('it is a database of another program');
  if (version > VERSION) {
    throw new Error(`it has version ${version}, this atmqtt knows version ${VERSION} and older ones`);
  }
  // Only while there is no table: pages that are free can be given back to the disk.
  if (fresh) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
  if (fresh) database.exec(TABLES);
}

/**
 * Ends the lock, and the log with it. Prepared statements keep a closed database open until they are collected, so the
 * lock must go before that; and SQLite gives up an exclusive one only outside of WAL, at the next access. False if that
 * failed: what is committed is in the log then, and whoever opens the file next finds it there.
 */
export function unlock(database: Libsql.Database): boolean {
  try {
    const set = database.prepare('PRAGMA journal_mode = DELETE').get() as { readonly journal_mode: string };
    return set.journal_mode === 'delete' && letGo(database);
  } catch {
    return false;
  }
}

/** Ends the lock as far as that is possible without a change of the file. */
export function letGo(database: Libsql.Database): boolean {
  try {
    database.exec('PRAGMA locking_mode = NORMAL');
    database.prepare('SELECT name FROM sqlite_schema LIMIT 1').get();
  } catch {
    // A file that is no database has no lock.
  }
  return true;
}

function pragma(database: Libsql.Database, name: string): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name] ?? 0;
}

function isEmpty(database: Libsql.Database): boolean {
  return database.prepare('SELECT name FROM sqlite_schema LIMIT 1').get() === undefined;
}
