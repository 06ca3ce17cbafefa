import type { IRawProperty } from 'fast-check';

/** One thing that is fed with hostile input. */
export interface Target {
  readonly name: string;
  /** Its share of all runs, beside those of the other targets. */
  readonly weight: number;
  /** What must hold; throws if it does not. */
  readonly property: IRawProperty<unknown, boolean>;
}
