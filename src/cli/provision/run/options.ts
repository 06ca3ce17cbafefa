import type { GlobalOptions } from '../../options/global-options.js';

/** Options of `provision run`, beside those of the ledger. Times are in ms. */
export interface RunOptions extends GlobalOptions {
  /** A string when it stands in front of the command's name. */
  readonly port?: string | readonly string[];
  /** Bit/s of the ports of `port`. */
  readonly baud?: number;
  readonly all?: boolean;
  readonly region?: string;
  readonly host?: string;
  readonly sign?: 'module' | 'host';
  /** The profile of the library. */
  readonly module?: string;
  readonly station?: string;
  readonly operator?: string;
  readonly expectFirmware?: string;
  readonly expectSim?: string;
  readonly acceptOtherSim?: boolean;
  readonly tries?: number;
  readonly once?: boolean;
  readonly wait?: number;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly provePersistent?: boolean;
  readonly requireReadBack?: boolean;
  readonly registrationUrl?: string;
  readonly registerThroughModule?: boolean;
  readonly repeatRegistration?: boolean;
  readonly proofTopic?: string;
  readonly beep?: boolean;
  readonly networkTimeout?: number;
  readonly registrationTimeout?: number;
  readonly connectTimeout?: number;
  readonly proofTimeout?: number;
  readonly startTimeout?: number;
  readonly trace?: string;
}
