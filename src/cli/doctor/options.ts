import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

/** ms that the module gets for its first answer; other rates are tried after that. */
export const START_TIMEOUT = 5_000;

export interface DoctorOptions extends ModemOptions, ConnectionOptions {
  /** For the message to itself. */
  readonly topic?: string;
  /** False with `--no-publish`. */
  readonly publish?: boolean;
  /** ms. */
  readonly roundTripTimeout?: number;
}
