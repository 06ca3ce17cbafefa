import type { LedgerOptions } from '../ledger-options.js';

export const REPORT_FORMATS = ['text', 'csv', 'json'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportOptions extends LedgerOptions {
  readonly since?: string;
  readonly until?: string;
  readonly station?: string;
  readonly operator?: string;
  readonly format?: ReportFormat;
  readonly output?: string;
}
