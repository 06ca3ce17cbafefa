import type { Command } from 'commander';
import type { Launch } from '../../invocation.js';
import { addLedgerOptions } from '../ledger-options.js';
import { addOperatorOption } from '../operator-option.js';

const EXAMPLES = `
A triple stays with its module for ever, unless it is released; who did that and why is kept. Of a module that was
verified or exported make sure first that it is gone, or empty: two modules with one triple throw each other out.

Examples:
  atmqtt provision release --ledger factory.db --imei 861326070275653 --reason 'module broken, scrapped'
  atmqtt provision release --ledger factory.db --device meter-7 --reason 'wrong batch' --yes`;

export function declareRelease(group: Command, launch: Launch): void {
  const command = group
    .command('release')
    .description('take a triple away from its module, with a reason')
    .option('--imei <imei>', 'the module')
    .option('--device <name>', 'the device name of the triple')
    .requiredOption('--reason <text>', 'why, for the books')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES);
  launch(addOperatorOption(addLedgerOptions(command)), () => import('./run.js'));
}
