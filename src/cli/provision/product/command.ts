import type { Command } from 'commander';
import type { Launch } from '../../invocation.js';
import { addLedgerOptions } from '../ledger-options.js';
import { addOperatorOption } from '../operator-option.js';
import { addProductOptions } from './options.js';

const EXAMPLES = `
Examples:
  atmqtt provision product --product-key a1X2bEnP82z --product-secret-file secret.txt --ledger factory.db
  ATMQTT_PRODUCT_SECRET=… atmqtt provision product --product-key a1X2bEnP82z --name-template 'meter-{imei}' \\
    --ledger factory.db

With dynamic registration there is no file of triples: a device is named after the IMEI of its module, and the cloud
hands out its secret when the module is on a station. The names must be known to the product in the cloud. A ledger
has one product for this; triples from files of any product can stand beside it, and are used first.`;

export function declareProduct(group: Command, launch: Launch): void {
  const command = group
    .command('product')
    .description('set up dynamic registration: the secrets come from the cloud, not from a file')
    .requiredOption('--product-key <key>', 'the ProductKey')
    .addHelpText('after', EXAMPLES);
  launch(addLedgerOptions(addOperatorOption(addProductOptions(command))), () => import('./run.js'));
}
