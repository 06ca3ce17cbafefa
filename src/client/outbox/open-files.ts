import { closeSync, openSync, statSync } from 'node:fs';
import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';

/** A file that this process has claimed; SQLite's own lock keeps other processes away. */
export interface OpenFile {
  /** The database that an earlier user in this process could not unlock, or undefined. */
  takeOver(): Libsql.Database | undefined;
  /**
   * The claim ends. A database that is still locked stays open for the next one in this process: closed, it would keep
   * its lock until its statements are collected, and nobody could use the file.
   */
  leave(database?: Libsql.Database, unlocked?: boolean): void;
}

/** The files that are open in this process, by device and number: a link leads to the same one. */
const CLAIMED = new Set<string>();

/** Databases that could not be unlocked, by the same keys. */
const LOCKED = new Map<string, Libsql.Database>();

/**
 * Throws `OUTBOX_BUSY` if the file is open in this process, and what the file system says. Looks at that first: to open
 * and close a file ends all locks that the process has on it (POSIX, fcntl), and with them the lock of the other user.
 */
export function claim(path: string, create: boolean): OpenFile {
  const known = keyOf(path);
  if (known !== undefined && CLAIMED.has(known)) throw busyError(path);
  if (known === undefined || !LOCKED.has(known)) touch(path, create);
  const key = keyOf(path) ?? path;
  CLAIMED.add(key);
  return {
    takeOver: () => {
      const database = LOCKED.get(key);
      LOCKED.delete(key);
      return database;
    },
    leave: (database, unlocked = true) => {
      CLAIMED.delete(key);
      if (database === undefined) return;
      if (unlocked) database.close();
      else LOCKED.set(key, database);
    },
  };
}

function keyOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/** Payloads are nobody else's business: SQLite gives its log the rights of the file. */
function touch(path: string, create: boolean): void {
  closeSync(openSync(path, create ? 'a' : 'r+', 0o600));
}

function busyError(path: string): ModemError {
  const what = `the outbox ${path} is open in this process already: each client needs a file of its own`;
  return new ModemError('OUTBOX_BUSY', what);
}
