import type { Reason } from '../ledger/ledger-types.js';

/** What goes on at a port. */
export type PortPhase =
  /** No module, or none that answers. */
  | 'waiting'
  | 'identifying'
  | 'network'
  | 'reserving'
  | 'registering'
  | 'writing'
  | 'connecting'
  | 'proving'
  | 'disconnecting'
  /** `--prove-persistent`: the reset, and what the module kept. */
  | 'persistence'
  /** A failure that can pass; the next try follows. */
  | 'pausing'
  /** The result stands; the operator takes the module off. */
  | 'finished';

/** `already`: the module was verified earlier and was not touched. `checked`: a dry run found nothing against it. */
export type UnitOutcome = 'passed' | 'already' | 'checked' | 'failed';

export interface UnitResult {
  readonly port: string;
  /** The name of the port, if it was given one. */
  readonly slot?: string | undefined;
  readonly outcome: UnitOutcome;
  readonly imei: string | undefined;
  readonly deviceName: string | undefined;
  /** Undefined unless it failed. */
  readonly reason: Reason | undefined;
  /** What the operator does next, in words. */
  readonly action: string;
  /** ms from the first answer of the module to the result. */
  readonly elapsed: number;
  /** Tries that this took, 1 or more. */
  readonly tries: number;
}

/** The row of a port. */
export interface PortStatus {
  readonly port: string;
  readonly slot?: string | undefined;
  readonly phase: PortPhase;
  readonly imei: string | undefined;
  readonly deviceName: string | undefined;
  /** ms since 1970 of the first answer of the module at hand. */
  readonly since: number | undefined;
  readonly tries: number;
  /** Why it waits or pauses, in words. */
  readonly note: string | undefined;
  /** While `finished`. */
  readonly result: UnitResult | undefined;
}

export interface StationTotals {
  readonly passed: number;
  readonly already: number;
  readonly checked: number;
  readonly failed: number;
  /** Free triples; undefined with dynamic registration, where the cloud makes them. */
  readonly left: number | undefined;
  /** ms since 1970. */
  readonly startedAt: number;
}

/** Events of a `Station`. */
export interface StationEvents {
  /** The row of a port changed. */
  status: [status: PortStatus];
  result: [result: UnitResult];
  /** Something worth a line, e.g. attempts of a station that was killed. */
  note: [sentence: string];
}
