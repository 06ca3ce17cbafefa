import { ModemError } from '../../errors/modem-error.js';
import { Ledger } from '../../provisioning/ledger/ledger.js';
import type { LedgerOptions } from './ledger-options.js';
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
