import { userInfo } from 'node:os';
import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { Ledger } from '../../provisioning/ledger/ledger.js';
import type { LedgerOptions, OperatorOptions } from './options.js';
import { passphraseOf } from './passphrase.js';

/** The path of the ledger. Throws `INVALID_ARGUMENT` if none was given. */
export function ledgerPath({ ledger }: Pick<LedgerOptions, 'ledger'>): string {
  if (ledger !== undefined && ledger !== '') return ledger;
  throw new ModemError('INVALID_ARGUMENT', 'no ledger: give --ledger <file> or set ATMQTT_LEDGER');
}

/**
 * Runs `use` with the open ledger, and closes it behind. With `create` a ledger is made if there is none. Rejects as
 * `Ledger.open`, and with `INVALID_ARGUMENT` if no ledger or no passphrase can be made out of the options.
 */
export async function withLedger<T>(
  options: LedgerOptions,
  use: (ledger: Ledger) => T | Promise<T>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<T> {
  const path = ledgerPath(options);
  const passphrase = passphraseOf(options);
  const ledger = await Ledger.open(path, { create, ...(passphrase === undefined ? {} : { passphrase }) });
  try {
    return await use(ledger);
  } finally {
    ledger.close();
  }
}

/** The name that goes into the books: 1–64 characters, none of them a control character. Throws an `ArgumentError`. */
export function operatorName({ operator }: OperatorOptions): string {
  const name = (operator ?? userName()).trim();
  if (/^[^\p{Cc}]{1,64}$/u.test(name)) return name;
  throw new ArgumentError(
    'operator',
    JSON.stringify(name),
    '1–64 characters without control characters; give --operator <name>',
  );
}

/** Empty for a user without an entry in the list of users, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
