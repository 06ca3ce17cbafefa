import type {
  PortStatus,
  StationTotals,
  UnitResult,
} from '../../../../provisioning/station/station-types.js';

/** Something that happened; `at` is ms since 1970. */
export type Recent =
  | { readonly at: number; readonly result: UnitResult }
  | { readonly at: number; readonly note: string };

/** All that a board shows. */
export interface Picture {
  /** Facts of the run for the first line, e.g. `station line-1`. */
  readonly title: readonly string[];
  readonly statuses: readonly PortStatus[];
  readonly totals: StationTotals;
  /** Modules whose last result is a failure. */
  readonly failedUnits: number;
  /** Passes an hour; undefined while it is too early to tell. */
  readonly rate: number | undefined;
  /** The newest last. */
  readonly recent: readonly Recent[];
  /** Whether the run was asked to end. */
  readonly stopping: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** Of the terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}
