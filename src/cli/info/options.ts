import type { ModemOptions } from '../options/global-options.js';

export interface InfoOptions extends ModemOptions {
  /** ms from one look to the next; true if it was not said. */
  readonly watch?: number | true;
}
