import type { ErrorCode } from '../../errors/codes.js';
import type { RecoverySettings } from './options.js';

/**
 * What is done before the next try to get a session, from gentle to rough:
 *
 * - `session`: nothing; every try has DISC, CLOSE, CFG, OPEN, CONN and the subscriptions.
 * - `radio`: the radio off and on.
 * - `reset`: a soft reset of the module and its start-up.
 * - `port`: the port closed and opened again, with a new port object, and the start-up.
 */
export type Rung = 'session' | 'radio' | 'reset' | 'port';

/** Where a failure happened: in a session that was up, between two attempts, on a rung, or in the try behind it. */
export type RecoveryStage =
  | 'up'
  | 'pause'
  | Exclude<Rung, 'session'>
  | 'network'
  | 'login'
  | 'session'
  | 'subscribe';

/** The rungs above `session`, in their order. */
const UPPER_RUNGS = ['radio', 'reset', 'port'] as const;

/** After each round through all rungs, the next one comes after so many times as many tries of the session. */
const RARER = 4;

/** Rounds after which they get no rarer: with the defaults, some two days apart then. */
const RAREST = 5;

/** The module, or its SIM, cannot reach the network: no session can help, the radio may. */
const NETWORK_TROUBLE: ReadonlySet<ErrorCode> = new Set(['SIM_NOT_READY', 'NOT_REGISTERED']);

/** What a module says, or does not: no ledger and no server of tokens fails with these. */
const MODULE_TROUBLE: ReadonlySet<ErrorCode> = new Set(['COMMAND_FAILED', 'BAD_RESPONSE']);

type Limits = Pick<RecoverySettings, 'sessionTries' | 'climbAfter' | (typeof UPPER_RUNGS)[number]>;

/** What a failure was, beside its code. */
export interface Trouble {
  /** The port is gone, or the module behind it silent. */
  readonly portDue: boolean;
  /** Where it happened. */
  readonly stage?: RecoveryStage;
  /** The connection was closed from outside. */
  readonly closed?: boolean;
  /** ms since the last session was lost, default: long enough. */
  readonly lasting?: number;
}

/**
 * Chooses the rung for the next try (lessons.md 12), from why it is necessary:
 *
 * - A port that is gone or silent is opened again, as often as it takes. If a silent module answers then, but gives no
 *   session, it is reset.
 * - A refusal of the broker, a session that had opened well and was closed from outside, or a module that restarts by
 *   itself gets tries of the session only: everything below works, or has just been started anew.
 * - Without a network, the radio comes first.
 * - A login that cannot be had gets tries of the session only, unless the module itself refused to say what it depends on:
 *   neither radio nor reset bring a token or a triple.
 * - Everything else (broker not reached, no answer, sessions in which nothing flows) gets `sessionTries` tries of the
 *   session, then one of each rung above; that is a round. The first rung waits until the trouble has lasted for
 *   `climbAfter`, unless the module itself refuses its commands: a broker that restarts needs no reset. The next round starts four times as many tries of the session
 *   later, the one after that sixteen times, and so on: a broker that is down for a night costs a few resets, not
 *   hundreds.
 */
export class Ladder {
  readonly #sessionTries: number;
  readonly #climbAfter: number;
  readonly #upper: readonly Rung[];
  /** Tries of the session alone since the last round. */
  #tries = 0;
  /** Upper rungs tried in this round. */
  #climbed = 0;
  #rounds = 0;
  /** The module was silent, and has not given a session since. */
  #wasSilent = false;

  constructor(limits: Limits) {
    this.#sessionTries = limits.sessionTries;
    this.#climbAfter = limits.climbAfter;
    this.#upper = UPPER_RUNGS.filter((rung) => limits[rung]);
  }

  next(reason: ErrorCode, trouble: Trouble): Rung {
    const { portDue, stage, closed = false, lasting = Number.POSITIVE_INFINITY } = trouble;
    if (reason === 'NOT_RESPONDING') this.#wasSilent = true;
    if (portDue) return 'port';
    if (reason === 'CONNECT_REFUSED') this.#descend();
    if (reason === 'CONNECT_REFUSED' || reason === 'REBOOTED') return 'session';
    if (closed && (stage === 'up' || stage === 'subscribe')) return this.#firstTry();
    if (stage === 'login' && !MODULE_TROUBLE.has(reason)) return 'session';
    if (this.#wasSilent && this.#upper.includes('reset')) {
      this.#wasSilent = false;
      return 'reset';
    }
    const brief = lasting < this.#climbAfter && !MODULE_TROUBLE.has(reason);
    return this.#climb(NETWORK_TROUBLE.has(reason), brief);
  }

  /** A session is up; if it is lost soon, the climb goes on. */
  connected(): void {
    this.#wasSilent = false;
  }

  /** A session was up for long enough: the next loss has nothing to do with those before. */
  restart(): void {
    this.#descend();
    this.#rounds = 0;
  }

  /** Everything below works: the tries begin anew, with this one. */
  #firstTry(): Rung {
    this.#descend();
    this.#tries = 1;
    return 'session';
  }

  #climb(urgent: boolean, brief: boolean): Rung {
    const patience = this.#sessionTries * RARER ** Math.min(this.#rounds, RAREST);
    const early = this.#tries < patience || brief;
    const patient = this.#climbed === 0 && early && !(urgent && this.#rounds === 0);
    const rung = patient ? undefined : this.#upper[this.#climbed];
    if (rung !== undefined) {
      this.#climbed += 1;
      return rung;
    }
    if (!patient) {
      this.#descend();
      this.#rounds += 1;
    }
    this.#tries += 1;
    return 'session';
  }

  #descend(): void {
    this.#climbed = 0;
    this.#tries = 0;
    this.#wasSilent = false;
  }
}
