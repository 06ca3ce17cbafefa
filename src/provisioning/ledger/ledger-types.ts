import type { DeviceTriple } from '../../dialects/dialect.js';

/**
 * Where a triple is on its way: `new` in the pool; `reserved` for one module; `written` into it and read back;
 * `verified` by a login and a proof message; `exported` in the books; `failed` with a reason, still bound to its module.
 */
export const TRIPLE_STATES = ['new', 'reserved', 'written', 'verified', 'exported', 'failed'] as const;

export type TripleState = (typeof TRIPLE_STATES)[number];

/** `file`: imported. `registration`: named after the IMEI, its secret comes from the cloud. */
export type TripleOrigin = 'file' | 'registration';

/** Why a unit failed. */
export interface Reason {
  /** A code of `FAILURES`. */
  readonly code: string;
  readonly message: string;
}

/** A triple without its secret. Times are ms since 1970. */
export interface TripleRecord {
  readonly id: number;
  readonly productKey: string;
  readonly deviceName: string;
  readonly state: TripleState;
  readonly origin: TripleOrigin;
  /** The module it belongs to; undefined while it is free. */
  readonly imei: string | undefined;
  /** What the module told when the triple was verified. */
  readonly iccid: string | undefined;
  readonly firmware: string | undefined;
  readonly reason: Reason | undefined;
  readonly batch: string;
  readonly importedAt: number;
  readonly changedAt: number;
  readonly verifiedAt: number | undefined;
  /** Station and operator of the verification. */
  readonly station: string | undefined;
  readonly operator: string | undefined;
  readonly exportId: number | undefined;
}

/** What is known of the module at a port. */
export interface ModuleFacts {
  readonly imei: string;
  readonly iccid?: string | undefined;
  readonly firmware?: string | undefined;
}

export type AttemptOutcome = 'passed' | 'already' | 'failed' | 'interrupted';

/** One try at one module. */
export interface AttemptRecord extends ModuleFacts {
  readonly id: number;
  readonly tripleId: number | undefined;
  readonly deviceName: string | undefined;
  readonly station: string;
  readonly operator: string;
  readonly port: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** Undefined while it runs. */
  readonly outcome: AttemptOutcome | undefined;
  readonly reason: Reason | undefined;
}

/** An attempt that has not ended. */
export interface OpenAttempt extends AttemptRecord {
  /** Whether the process of its station runs. */
  readonly alive: boolean;
}

/** An export of verified triples into a file. */
export interface ExportRecord {
  readonly id: number;
  readonly file: string;
  readonly operator: string;
  /** ms since 1970. */
  readonly at: number;
  /** When its file was in place; undefined if that was cut short. */
  readonly finishedAt: number | undefined;
  /** How many triples it took. */
  readonly triples: number;
}

/** An export whose file may not be in place. */
export interface UnfinishedExport {
  readonly id: number;
  readonly file: string;
  /** As they were when the export began. */
  readonly records: TripleRecord[];
}

/** What an attempt does. `intent` is recorded before, the others after. */
export type StepName =
  | 'register'
  | 'write'
  | 'read-back'
  | 'connect'
  | 'prove'
  | 'disconnect'
  | 'reset'
  | 'read-kept';

export type StepKind = 'intent' | 'done' | 'failed';

/** A line of the audit: steps, and what happened to the triple beside them. */
export interface AuditRecord {
  readonly at: number;
  readonly tripleId: number | undefined;
  readonly deviceName: string | undefined;
  readonly imei: string | undefined;
  readonly attemptId: number | undefined;
  readonly station: string | undefined;
  readonly operator: string | undefined;
  readonly port: string | undefined;
  /** A `StepName`, or `import`, `attempt`, `state`, `release`, `export`. */
  readonly event: string;
  /**
   * Of a step its `StepKind`; of `state` the new one, of `release` and `export` the one before; of `attempt` `begun` or
   * its outcome; of `import` the origin.
   */
  readonly what: string;
  /** A reason begins with its code and a colon. */
  readonly detail: string | undefined;
}

/** Narrows a listing; several conditions hold together. */
export interface RecordFilter {
  readonly imei?: string;
  readonly deviceName?: string;
  readonly states?: readonly TripleState[];
  readonly exportId?: number;
  /** ms since 1970: of triples `changedAt`, of attempts `startedAt`. */
  readonly since?: number;
  readonly until?: number;
  readonly station?: string;
  readonly operator?: string;
}

/** Dynamic registration: one product, one secret; device names are made from the IMEI. */
export interface Product {
  readonly productKey: string;
  readonly productSecret: string;
  /** `{imei}` stands for the IMEI, e.g. `{imei}` or `meter-{imei}`. */
  readonly nameTemplate: string;
}

/** The triple that an attempt works with. */
export interface Reservation {
  readonly record: TripleRecord;
  /** Undefined: the secret must be registered first. */
  readonly triple: DeviceTriple | undefined;
  /** Whether the module had it before this attempt. */
  readonly again: boolean;
  /** When an earlier registration was asked for whose answer is not known. */
  readonly unansweredRegistration: number | undefined;
  /** Whether that was since the run of this station began, at any station: nobody can have looked into it before. */
  readonly askedInThisRun: boolean;
}
