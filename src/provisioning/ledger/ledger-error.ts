import { ModemError } from '../../errors/modem-error.js';

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
const BUSY = [5, 6];

/** Of the file system. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; `atmqtt provision import` makes a ledger',
  EACCES: 'this user may not read and write it',
  EPERM: 'this user may not read and write it',
  EISDIR: 'it is a folder',
  EROFS: 'it cannot be written',
  ENOSPC: 'the disk is full',
};

/** Primary result code: the low byte of the extended one. */
function primary(cause: unknown): number | undefined {
  const { rawCode } = cause as { readonly rawCode?: unknown };
  return typeof rawCode === 'number' ? rawCode & 0xff : undefined;
}

/** Whether another process held the file for longer than the time limit. */
export function isBusy(cause: unknown): boolean {
  return BUSY.includes(primary(cause) ?? 0);
}

/**
 * The error for a failure of the file at `path`; `what` is what could not be done, e.g. `opened`. A `ModemError` is
 * given back as it is. SQLite never puts values into its messages, so no secret can be in them.
 */
export function ledgerError(path: string, what: string, cause: unknown): ModemError {
  if (cause instanceof ModemError) return cause;
  if (isBusy(cause)) {
    const text = `the ledger ${path} cannot be ${what}: another process holds it for too long`;
    return new ModemError('LEDGER_BUSY', text, { cause });
  }
  const { code = '', message } = cause as Error & { readonly code?: string };
  const why = RESULTS[primary(cause) ?? 0] ?? SYSTEM[code] ?? message;
  return new ModemError('LEDGER_UNUSABLE', `the ledger ${path} cannot be ${what}: ${why}`, { cause });
}
