import { checkInteger, checkOneOf } from '../../at/checks.js';
import { checkOptions, type OptionNames } from '../../errors/check-options.js';

export interface RecoveryOptions {
  /** Tries of the session alone before the next rung, 1–1000, default 3; they grow, see `Ladder`. */
  readonly sessionTries?: number;
  /** ms without a session before the first rung above it, however many tries there were by then; default 60 000. */
  readonly climbAfter?: number;
  /** Whether the radio may be switched off and on, default true. */
  readonly radio?: boolean;
  /** Whether the module may be reset, default true. */
  readonly reset?: boolean;
  /**
   * Whether a port that works may be closed and opened again, default true; one that is gone or silent always is. A
   * source that is a function is called again for that.
   */
  readonly port?: boolean;
  /** Limit in ms for the rungs `radio`, `reset` and `port`, each without the session behind it; default 60 000. */
  readonly rungTimeout?: number;
  /** ms that a session must stay up for the next loss to start anew: at the bottom, with the first delay; default 60 000. */
  readonly stableAfter?: number;
  /** Failed results in a row that end a session which the module still calls connected, 1–1000, default 3. */
  readonly failedResults?: number;
}

export type RecoverySettings = Required<RecoveryOptions>;

const NAMES = {
  ...{ sessionTries: true, climbAfter: true, radio: true, reset: true, port: true, rungTimeout: true },
  ...{ stableAfter: true, failedResults: true },
} as const satisfies OptionNames<RecoveryOptions>;

const DAY = 24 * 60 * 60 * 1000;
const MAX_COUNT = 1000;
const SWITCH = [true, false];

/** The options filled in; throws an `ArgumentError`. */
export function recoverySettings(options: RecoveryOptions = {}): RecoverySettings {
  checkOptions(options, NAMES, { field: 'recovery', prefix: 'recovery.', example: '{ reset: false }' });
  const { sessionTries = 3, failedResults = 3, rungTimeout = 60_000, stableAfter = 60_000 } = options;
  const { climbAfter = 60_000 } = options;
  const { radio = true, reset = true, port = true } = options;
  return {
    sessionTries: checkInteger('recovery.sessionTries', sessionTries, 1, MAX_COUNT),
    climbAfter: checkInteger('recovery.climbAfter', climbAfter, 0, DAY),
    radio: checkOneOf('recovery.radio', radio, SWITCH),
    reset: checkOneOf('recovery.reset', reset, SWITCH),
    port: checkOneOf('recovery.port', port, SWITCH),
    rungTimeout: checkInteger('recovery.rungTimeout', rungTimeout, 1, DAY),
    stableAfter: checkInteger('recovery.stableAfter', stableAfter, 0, DAY),
    failedResults: checkInteger('recovery.failedResults', failedResults, 1, MAX_COUNT),
  };
}
