import type { Finding, StepName } from './finding.js';
import type { Patient, Plan } from './patient.js';

/** One thing to look at. */
export interface Step {
  readonly name: StepName;
  /** For people, a word or two. */
  readonly title: string;
  /** Steps without which this one cannot be; left out if one of them failed. Those that do not apply do not count. */
  readonly needs: readonly StepName[];
  /** Whether there is anything to look at at all; default yes. */
  applies?(plan: Plan): boolean;
  /** A rejection with a `ModemError` is a failure too. */
  examine(patient: Patient): Promise<Finding>;
}
