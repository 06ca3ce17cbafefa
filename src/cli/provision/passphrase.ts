import type { LedgerOptions } from './ledger-options.js';
import { readSecretFile } from './secret-file.js';

/** The passphrase that was given, if any; an empty variable gives none. Throws an `ArgumentError` for the file. */
export function passphraseOf(
  { passphraseFile }: Pick<LedgerOptions, 'passphraseFile'>,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (passphraseFile !== undefined) return readSecretFile('passphrase-file', passphraseFile);
  const { ATMQTT_LEDGER_PASSPHRASE: passphrase = '' } = environment;
  return passphrase === '' ? undefined : passphrase;
}
