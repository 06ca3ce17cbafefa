import type { Disturbance } from '../injector.js';
import type { CasePlan } from '../plan.js';
import type { StationProcess } from '../station-process.js';
import type { Witness } from '../witness.js';

/** What a station told, and how it ended. */
export type Told = Pick<StationProcess, 'startedAt' | 'lines' | 'strange' | 'stdout' | 'stderr' | 'exit'>;

/** What was seen from outside. */
export type Seen = Pick<
  Witness,
  'heard' | 'logins' | 'proofs' | 'refusals' | 'offline' | 'registrations' | 'issued'
>;

/** All that is known of a case when it is over. */
export interface Findings {
  readonly plan: CasePlan;
  /** Path of the file. */
  readonly ledger: string;
  /** Of all modules. */
  readonly imeis: readonly string[];
  readonly seen: Seen;
  readonly stations: readonly Told[];
  readonly disturbances: readonly Disturbance[];
  readonly trace: string;
  /** When the faults were over and the last station began, in ms since 1970. */
  readonly calmSince: number;
}
