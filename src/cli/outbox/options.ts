import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

export const ACTIONS = ['list', 'flush', 'purge'] as const;

export interface OutboxCommandOptions extends ModemOptions, ConnectionOptions {
  readonly file: string;
  readonly action: (typeof ACTIONS)[number];
  readonly failed?: boolean;
  readonly yes?: boolean;
}
