import { ModemError } from '../../errors/modem-error.js';

/** What the codes of SQLite and of the file system mean for an outbox, in words. */
const MEANINGS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'it is no outbox',
  SQLITE_CORRUPT: 'it is damaged; move it away to begin with an empty one',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR_WRITE: 'the disk takes nothing more: it is full, its quota is used up, or it is damaged',
  SQLITE_READONLY: 'it cannot be written',
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not read and write it',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
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

/** SQLite tells a quota and a limit on the size of files as an error of writing. */
export function isFull(error: unknown): boolean {
  const { code = '' } = error as { readonly code?: string };
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE';
}

/** As SQLite's own. */
export function noRoomError(): Error {
  return Object.assign(new Error('there is no room on the disk'), { code: 'SQLITE_FULL' });
}
