import type { ProfileName } from '../../dialects/lmqtt/profiles.js';
import type { GlobalOptions } from '../options/global-options.js';

export interface SimOptions extends GlobalOptions, CloudOptions {
  readonly tcp?: string;
  readonly pty?: string;
  readonly count: number;
  readonly broker?: string;
  readonly module: ProfileName;
  readonly fault?: readonly string[];
  /** Of the first module. */
  readonly iccid?: string;
  readonly seed?: number;
  /** ms. */
  readonly latency: number;
  /** ms. */
  readonly jitter: number;
  /** bit/s. */
  readonly baud?: number;
  /** 15 digits. */
  readonly imei?: string;
  readonly keepsTriple?: boolean;
  /** A recording of `--trace` to be played instead of a simulation. */
  readonly fromTrace?: string;
  /** Which port of it, if it is one of a station. */
  readonly tracePort?: string;
  /** How many times faster than recorded; infinity for `max`. */
  readonly speed?: number;
}

/** Any of these starts a simulated Alibaba Cloud in place of the broker. */
export interface CloudOptions {
  /** CSV files of triples. */
  readonly cloud?: readonly string[];
  /** `ProductKey:ProductSecret`, each. */
  readonly cloudProduct?: readonly string[];
  readonly cloudFault?: readonly string[];
  readonly cloudPort?: number;
  readonly registrationPort?: number;
  /** PEM files. */
  readonly cloudCert?: string;
  readonly cloudKey?: string;
}
