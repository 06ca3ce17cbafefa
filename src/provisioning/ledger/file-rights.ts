import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** The owner's alone: a ledger holds secrets. */
const RIGHTS = 0o600;

/** SQLite makes its log and its shared memory with the rights of the file; a copy may have brought others. */
const FILES = ['', '-wal', '-shm'] as const;

/** Makes the file if it may be made, and takes the rights of others away. Throws what the file system says. */
export function secureFile(path: string, create: boolean): void {
  closeSync(openSync(path, create ? 'a' : 'r+', RIGHTS));
  for (const ending of FILES) {
    const stats = statSync(path + ending, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o077) !== 0) chmodSync(path + ending, RIGHTS);
  }
}
