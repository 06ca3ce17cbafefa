import type { Command } from 'commander';
import { addLedgerOptions, addOperatorOption, type LedgerOptions, type OperatorOptions } from '../options.js';

export interface ReleaseOptions extends LedgerOptions, OperatorOptions {
  readonly imei?: string;
  readonly device?: string;
  readonly reason: string;
  readonly yes?: boolean;
}

const EXAMPLES = `
A triple stays with its module for ever, unless it is released; who did that and why is kept. Of a module that was
verified or exported make sure first that it is gone, or empty: two modules with one triple throw each other out.

Examples:
  atmqtt provision release --ledger factory.db --imei 861326070275653 --reason 'module broken, scrapped'
  atmqtt provision release --ledger factory.db --device meter-7 --reason 'wrong batch' --yes`;

export function declareRelease(group: Command): Command {
  const command = group
    .command('release')
    .description('take a triple away from its module, with a reason')
    .option('--imei <imei>', 'the module')
    .option('--device <name>', 'the device name of the triple')
    .requiredOption('--reason <text>', 'why, for the books')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES);
  return addOperatorOption(addLedgerOptions(command));
}
