import type { GlobalOptions } from '../options/global-options.js';

export interface SimOptions extends GlobalOptions {
  readonly tcp?: string;
  readonly pty?: string;
  readonly count: number;
  readonly broker?: string;
  readonly profile: string;
  readonly fault?: readonly string[];
  readonly seed?: number;
  /** ms. */
  readonly latency: number;
  /** ms. */
  readonly jitter: number;
  /** bit/s. */
  readonly baud?: number;
}
