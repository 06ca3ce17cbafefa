import { type Command, Option } from 'commander';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';

/** Options of every command of the group. */
export interface LedgerOptions extends GlobalOptions {
  readonly ledger?: string;
  readonly passphraseFile?: string;
}

/** The passphrase itself is no option: everybody can read the arguments of a process for a moment. */
export function addLedgerOptions(command: Command): Command {
  return addGlobalOptions(command)
    .addOption(new Option('--ledger <file>', 'the books of the factory').env('ATMQTT_LEDGER'))
    .option(
      '--passphrase-file <file>',
      'the first line is the passphrase of the ledger (else: ATMQTT_LEDGER_PASSPHRASE)',
    );
}

/** Option of the commands that change the ledger. */
export interface OperatorOptions {
  readonly operator?: string;
}

/** What judges the value is in `open-ledger.ts`: to show help, nothing of that is loaded. */
export function addOperatorOption(command: Command): Command {
  return command.option('--operator <name>', 'who does it, for the books (default: the user name)');
}
