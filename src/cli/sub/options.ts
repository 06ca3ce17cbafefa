import type { Qos } from '../../dialects/dialect.js';
import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

/** How messages are printed. */
export interface PrintOptions {
  readonly json?: boolean;
  readonly format?: string;
  readonly verbose?: boolean;
  /** Whether a line end is added. */
  readonly eol: boolean;
}

export interface SubOptions extends ModemOptions, ConnectionOptions, PrintOptions {
  readonly json?: boolean;
  readonly topic: readonly string[];
  readonly qos: Qos;
  readonly count?: number;
  /** ms. */
  readonly timeLimit?: number;
}
