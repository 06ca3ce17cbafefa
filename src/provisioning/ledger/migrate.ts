import type Libsql from 'libsql';
import { TABLES } from './tables.js';
import { refuse, TRIGGERS } from './triggers.js';

/** "ATLG": what kind of SQLite file it is. */
const APPLICATION_ID = 0x41_54_4c_47;

/** Whether it is not known that two attempts were at modules with one SIM: `isSameCard`, for what it writes. */
const otherSim = (one: string, other: string) =>
  `(${one}.iccid IS NULL OR ${other}.iccid IS NULL
    OR rtrim(upper(${one}.iccid), 'F') <> rtrim(upper(${other}.iccid), 'F'))`;

/** The attempt that verified the triple of attempt `a`, if it was another one and its SIM is not known to be that of `a`. */
const verifiedInAnother = (a: string) => `EXISTS (
    SELECT 1 FROM triple t JOIN attempt v ON v.id = t.verified_attempt
    WHERE t.id = ${a}.triple_id AND v.id <> ${a}.id AND ${a}.other_sim = 0 AND ${otherSim('v', a)})`;

/**
 * Version 2: a triple that was verified in a module goes no second time into one whose SIM is another one or not known,
 * and neither passes as the first one, unless the station was told to take another SIM.
 */
const SIM_RULES = [
  // 1: an operator has said that the module may come with another SIM than it was verified with.
  'ALTER TABLE attempt ADD COLUMN other_sim INTEGER NOT NULL DEFAULT 0 CHECK (other_sim IN (0, 1));\n',
  'DROP TRIGGER attempt_identity;\n',
  refuse(
    'attempt_identity',
    'UPDATE OF id, run_id, imei, iccid, firmware, port, started_at, other_sim ON attempt',
    undefined,
    'what an attempt is never changes',
  ),
  refuse(
    'attempt_same_sim',
    'UPDATE OF outcome ON attempt',
    `NEW.outcome IN ('passed', 'already') AND ${verifiedInAnother('NEW')}`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
  refuse(
    'journal_same_sim',
    'INSERT ON journal',
    `NEW.event = 'write' AND NEW.what = 'intent' AND EXISTS (
  SELECT 1 FROM attempt a WHERE a.id = NEW.attempt_id AND ${verifiedInAnother('a')})`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
  refuse(
    'triple_same_sim',
    'UPDATE OF verified_attempt ON triple',
    `NEW.verified_attempt IS NOT OLD.verified_attempt AND EXISTS (
  SELECT 1 FROM attempt v, attempt n WHERE v.id = OLD.verified_attempt AND n.id = NEW.verified_attempt
  AND n.other_sim = 0 AND ${otherSim('v', 'n')})`,
    'the triple was verified in a module with another SIM, or an unknown one',
  ),
].join('');

/** Version 3: the ports of a station, as a JSON array of `portKey`s. */
const STATION_PORTS = 'ALTER TABLE station_run ADD COLUMN ports TEXT;\n';

/**
 * How a ledger of each version becomes one of the next; the first makes an empty file a ledger. Only ever added to:
 * the number of them is the version.
 */
const MIGRATIONS: readonly string[] = [TABLES + TRIGGERS, SIM_RULES, STATION_PORTS];

/** What is written into the tables of a new ledger. */
type Beginning = (database: Libsql.Database) => void;

interface MigrateOptions {
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
