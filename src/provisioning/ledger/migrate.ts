import type Libsql from 'libsql';
import { SIM_RULES } from './sim-rules.js';
import { STATION_PORTS } from './station-runs.js';
import { TABLES } from './tables.js';
import { TRIGGERS } from './triggers.js';

/** "ATLG": what kind of SQLite file it is. */
const APPLICATION_ID = 0x41_54_4c_47;

/**
 * How a ledger of each version becomes one of the next; the first makes an empty file a ledger. Only ever added to:
 * the number of them is the version.
 */
const MIGRATIONS: readonly string[] = [TABLES + TRIGGERS, SIM_RULES, STATION_PORTS];

/** What is written into the tables of a new ledger. */
export type Beginning = (database: Libsql.Database) => void;

export interface MigrateOptions {
  /** Makes an empty file a ledger; without it an empty file is refused. */
  readonly beginning?: Beginning | undefined;
  readonly migrations?: readonly string[];
}

/**
 * Brings the file to the newest version, in one transaction. Several processes may do this at once. Throws a plain
 * `Error` for what is no ledger, or one of a newer version.
 */
export function migrate(
  database: Libsql.Database,
  { beginning, migrations = MIGRATIONS }: MigrateOptions = {},
): void {
  if (versionOf(database, beginning !== undefined, migrations.length) < migrations.length) {
    // Outside of a transaction, and for ever.
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('BEGIN IMMEDIATE');
    // Another process may have done it in the meantime.
    const version = versionOf(database, beginning !== undefined, migrations.length);
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
    if (version === 0) beginning?.(database);
    database.exec('COMMIT');
  }
}

/** 0 is an empty file. */
function versionOf(database: Libsql.Database, mayBeEmpty: boolean, newest: number): number {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (application === 0 && version === 0 && isEmpty(database)) {
    if (mayBeEmpty) return 0;
    throw new Error('it is no ledger: it is empty');
  }
  if (application !== APPLICATION_ID) throw new Error('it is a database of another program');
  if (version <= newest) return version;
  throw new Error(`it has version ${version}, this atmqtt knows version ${newest} and older ones`);
}

function pragma(database: Libsql.Database, name: string): number {
  return (database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[name] ?? 0;
}

function isEmpty(database: Libsql.Database): boolean {
  return database.prepare('SELECT name FROM sqlite_schema LIMIT 1').get() === undefined;
}
