import type { LedgerOptions } from '../ledger-options.js';

export interface AuditOptions extends LedgerOptions {
  /** IMEI or device name. */
  readonly name: string;
}
