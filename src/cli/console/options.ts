import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

export interface ConsoleOptions extends ModemOptions, ConnectionOptions {
  /** A script to run instead of a dialogue. */
  readonly script?: string;
}
