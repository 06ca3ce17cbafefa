import type { LedgerOptions } from '../ledger-options.js';
import type { OperatorOptions } from '../operator.js';

export const EXPORT_FORMATS = ['csv', 'json'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends LedgerOptions, OperatorOptions {
  readonly output: string;
  readonly format?: ExportFormat;
  /** Number of an earlier export. */
  readonly repeat?: number;
}
