import { ModemError } from '../../errors/modem-error.js';

/** What the codes of SQLite and of the file system mean for an outbox, in words. */
const MEANINGS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'it is no outbox',
  SQLITE_CORRUPT: 'it is damaged; move it away to begin with an empty one',
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'it cannot be written',
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not read and write it',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

/** The error for a failure of the file at `path`; `what` is what could not be done, e.g. `opened`. */
export function fileError(path: string, what: string, cause: unknown): ModemError {
  const { code = '', message } = cause as Error & { readonly code?: string };
  if (code === 'SQLITE_BUSY') {
    return new ModemError('OUTBOX_BUSY', `the outbox ${path} is in use by another process`, { cause });
  }
  const why = MEANINGS[code] ?? message;
  return new ModemError('OUTBOX_UNUSABLE', `the outbox ${path} cannot be ${what}: ${why}`, { cause });
}
