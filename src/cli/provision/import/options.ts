import type { LedgerOptions } from '../ledger-options.js';
import type { OperatorOptions } from '../operator.js';
import type { ProductOptions } from '../product/options.js';

/** With `file` triples are imported, without it the product options set up dynamic registration. */
export interface ImportOptions extends LedgerOptions, OperatorOptions, ProductOptions {
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly newOnly?: boolean;
  /** Import a file that looks odd, without a question. */
  readonly yes?: boolean;
}
