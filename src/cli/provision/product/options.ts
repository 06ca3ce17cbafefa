import type { Command } from 'commander';
import type { LedgerOptions } from '../ledger-options.js';
import type { OperatorOptions } from '../operator.js';

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
