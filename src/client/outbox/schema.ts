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
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  if (fresh) database.exec(TABLES);
}

function pragma(database: Libsql.Database, name: string): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name] ?? 0;
}

function isEmpty(database: Libsql.Database): boolean {
  return database.prepare('SELECT name FROM sqlite_schema LIMIT 1').get() === undefined;
}
