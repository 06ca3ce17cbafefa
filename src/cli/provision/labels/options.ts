import type { Paper } from '../../../provisioning/books/labels.js';
import type { LedgerOptions } from '../ledger-options.js';

export const LABEL_FORMATS = ['csv', 'svg'] as const;

export interface LabelsOptions extends LedgerOptions {
  readonly export?: number;
  readonly since?: string;
  readonly imei?: readonly string[];
  readonly allVerified?: boolean;
  readonly format?: (typeof LABEL_FORMATS)[number];
  readonly output: string;
  readonly paper?: Paper;
  readonly columns?: number;
  readonly rows?: number;
  /** mm. */
  readonly margin?: number;
}
