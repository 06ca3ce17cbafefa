import type { GlobalOptions } from '../options/global-options.js';

export interface PortsOptions extends GlobalOptions {
  readonly watch?: boolean;
}
