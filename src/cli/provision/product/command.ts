import type { Command } from 'commander';
import { addLedgerOptions, addOperatorOption, type LedgerOptions, type OperatorOptions } from '../options.js';

/** What dynamic registration needs: one product, one secret. */
export interface ProductOptions {
  readonly productKey?: string;
  readonly productSecret?: string;
  readonly productSecretFile?: string;
  readonly nameTemplate?: string;
  readonly replace?: boolean;
}

export interface ProductCommandOptions extends LedgerOptions, OperatorOptions, ProductOptions {}

/** All but `--product-key`, which an import takes for itself as well. */
export function addProductOptions(command: Command): Command {
  return command
    .option('--product-secret-file <file>', 'the one line of the file is the ProductSecret')
    .option(
      '--product-secret <secret>',
      'the ProductSecret itself, which then is in the history of the shell (else: ATMQTT_PRODUCT_SECRET)',
    )
    .option('--name-template <text>', 'names of the devices, {imei} stands for the IMEI (default: {imei})')
    .option('--replace', 'yes, replace the product that the ledger has');
}

const EXAMPLES = `
Examples:
  atmqtt provision product --product-key a1X2bEnP82z --product-secret-file secret.txt --ledger factory.db
  ATMQTT_PRODUCT_SECRET=… atmqtt provision product --product-key a1X2bEnP82z --name-template 'meter-{imei}' \\
    --ledger factory.db

With dynamic registration there is no file of triples: a device is named after the IMEI of its module, and the cloud
hands out its secret when the module is on a station. The names must be known to the product in the cloud. A ledger
has one product for this; triples from files of any product can stand beside it, and are used first.`;

export function declareProduct(group: Command): Command {
  const command = group
    .command('product')
    .description('set up dynamic registration: the secrets come from the cloud, not from a file')
    .requiredOption('--product-key <key>', 'the ProductKey')
    .addHelpText('after', EXAMPLES);
  return addLedgerOptions(addOperatorOption(addProductOptions(command)));
}
