import type { LedgerOptions } from '../ledger-options.js';
import type { OperatorOptions } from '../operator.js';

export interface ReleaseOptions extends LedgerOptions, OperatorOptions {
  readonly imei?: string;
  readonly device?: string;
  readonly reason: string;
  readonly yes?: boolean;
}
