import { checkInteger, checkOneOf } from '../../at/checks.js';
import type { Dialect, SessionOptions } from '../../dialects/dialect.js';
import { checkOptions, type OptionNames } from '../../errors/check-options.js';
import { ArgumentError } from '../../errors/kinds.js';

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

const RECOVERY_NAMES = {
  ...{ sessionTries: true, climbAfter: true, radio: true, reset: true, port: true, rungTimeout: true },
  ...{ stableAfter: true, failedResults: true },
} as const satisfies OptionNames<RecoveryOptions>;

const DAY = 24 * 60 * 60 * 1000;
const MAX_COUNT = 1000;
const SWITCH = [true, false];

/** The options filled in; throws an `ArgumentError`. */
export function recoverySettings(options: RecoveryOptions = {}): RecoverySettings {
  checkOptions(options, RECOVERY_NAMES, {
    field: 'recovery',
    prefix: 'recovery.',
    example: '{ reset: false }',
  });
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

export interface ProbeOptions {
  /** ms from one probe to the next, 1 to a day. Each costs two small messages over the air. */
  readonly interval: number;
  /** A topic that nobody else uses, default `atmqtt/probe/<clientId>`; the client must be allowed to do both on it. */
  readonly topic?: string;
  /** ms in which a probe must come back, default 30 000. */
  readonly timeout?: number;
}

export type ProbeSettings = Required<ProbeOptions>;

const PROBE_NAMES = {
  interval: true,
  topic: true,
  timeout: true,
} as const satisfies OptionNames<ProbeOptions>;

/** At most four bytes each: the topic stays below the limit of every dialect. */
const NAME_CHARACTERS = 50;

/** The options filled in and checked; undefined for none. Throws an `ArgumentError`. */
export function probeSettings(
  options: ProbeOptions | undefined,
  dialect: Dialect,
  session: Pick<SessionOptions, 'clientId' | 'profile'>,
): ProbeSettings | undefined {
  if (options === undefined) return undefined;
  checkOptions(options, PROBE_NAMES, { field: 'probe', prefix: 'probe.', example: '{ interval: 900_000 }' });
  const { interval, topic = defaultTopic(session.clientId), timeout = 30_000 } = options;
  if (typeof topic !== 'string') throw new ArgumentError('probe.topic', String(topic), 'a topic');
  dialect.checkPublication({ topic, payload: Buffer.alloc(0), qos: 0, retain: false }, session);
  return {
    interval: checkInteger('probe.interval', interval, 1, DAY),
    topic,
    timeout: checkInteger('probe.timeout', timeout, 1, DAY),
  };
}

/** MQTT 3.1.1 4.7.1: a client id may hold what a topic may not. */
function defaultTopic(clientId: string): string {
  const name = Array.from(clientId.replace(/[+#/]/g, '_')).slice(0, NAME_CHARACTERS);
  return `atmqtt/probe/${name.join('')}`;
}
