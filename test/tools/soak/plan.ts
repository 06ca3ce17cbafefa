/** What a run does. Times in ms. */
export interface SoakPlan {
  readonly seed: number;
  /** How long messages are sent and faults happen. */
  readonly duration: number;
  /** From one message to the next, in each direction. */
  readonly messageEvery: number;
  /** From one fault to the next, on average. */
  readonly faultEvery: number;
  /** How long a fault lasts at most. */
  readonly longestFault: number;
  /** How long everything may take to arrive when the faults are over. */
  readonly settleWithin: number;
  /** As the options of `connect` of the same names. */
  readonly reconnectPeriod: number;
  readonly maxReconnectPeriod: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Minutes of real time: much at once. */
export function minutes(count: number, seed: number): SoakPlan {
  return {
    seed,
    duration: count * MINUTE,
    messageEvery: 50,
    faultEvery: 5 * SECOND,
    longestFault: 8 * SECOND,
    settleWithin: 6 * MINUTE,
    reconnectPeriod: 200,
    maxReconnectPeriod: 5 * SECOND,
  };
}

/** Hours of virtual time: as in the field, with the defaults of the client. */
export function hours(count: number, seed: number): SoakPlan {
  return {
    seed,
    duration: count * HOUR,
    messageEvery: 5 * SECOND,
    faultEvery: 2 * MINUTE,
    longestFault: MINUTE,
    settleWithin: 30 * MINUTE,
    reconnectPeriod: SECOND,
    maxReconnectPeriod: MINUTE,
  };
}
