import type { ExitCode } from '../exit-codes.js';

/** The steps from the port to the broker, in order. */
export type StepName =
  | 'port'
  | 'permission'
  | 'free'
  | 'open'
  | 'at'
  | 'echo'
  | 'model'
  | 'sim'
  | 'registration'
  | 'signal'
  | 'address'
  | 'clock'
  | 'login'
  | 'broker'
  | 'connect'
  | 'subscribe'
  | 'publish'
  | 'disconnect'
  | 'settings';

export type Facts = Readonly<Record<string, unknown>>;

/** Why something may be wrong, the most likely first, and what to do, in order. */
export interface Advice {
  readonly causes: readonly string[];
  readonly next: readonly string[];
}

/** What a step has found. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  /** One sentence for people, without a full stop. */
  readonly found: string;
  /** The same for programs: plain values, fit for JSON; `null` is what is not known. */
  readonly facts?: Facts;
  /** With a warning or a failure. */
  readonly advice?: Advice;
  /** Of the process, if this is the first failure; default 1. */
  readonly exitCode?: ExitCode;
  /** A failure that the steps behind it can do without. */
  readonly goesOn?: boolean;
}

/** A step that is over: examined, or left out because of a failure before it. */
export interface Outcome {
  readonly step: StepName;
  readonly title: string;
  readonly status: Finding['status'] | 'skipped';
  readonly found: string;
  readonly facts: Facts;
  readonly advice: Advice;
  readonly exitCode: ExitCode;
  /** How long it took. */
  readonly ms: number;
}

export const NO_ADVICE: Advice = { causes: [], next: [] };

export function ok(found: string, facts: Facts = {}): Finding {
  return { status: 'ok', found, facts };
}

export function warn(found: string, advice: Advice, facts: Facts = {}): Finding {
  return { status: 'warn', found, advice, facts };
}

export function fail(found: string, exitCode: ExitCode, advice: Advice, facts: Facts = {}): Finding {
  return { status: 'fail', found, exitCode, advice, facts };
}
