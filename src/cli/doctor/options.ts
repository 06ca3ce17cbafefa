import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

export interface DoctorOptions extends ModemOptions, ConnectionOptions {
  /** For the message to itself. */
  readonly topic?: string;
  /** False with `--no-publish`. */
  readonly publish?: boolean;
  /** ms. */
  readonly roundTripTimeout?: number;
}
