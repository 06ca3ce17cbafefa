import type { Disturbance } from './injector.js';
import type { CasePlan } from './plan.js';
import type { StationProcess } from './station-process.js';
import type { World } from './world.js';

/** All that is known of a case when it is over. */
export interface Findings {
  readonly plan: CasePlan;
  readonly world: World;
  readonly stations: readonly StationProcess[];
  readonly disturbances: readonly Disturbance[];
  readonly trace: string;
  /** When the faults were over and the last station began, in ms since 1970. */
  readonly calmSince: number;
}
