import type { DialectSession } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { Backoff } from '../../util/backoff.js';
import { delay } from '../../util/delay.js';
import type { RecoveryStep } from '../client-types.js';
import type { ModuleWatch } from '../module-watch.js';
import type { ClientSettings } from '../options.js';
import { Climber } from './climber.js';
import { Ladder, type RecoveryStage, type Rung } from './ladder.js';
import { type Clue, type LossKind, lossKind, ShortSessions } from './loss.js';
import { givingUpSentence, type Happened, recoverySentence } from './sentence.js';
import type { SessionOpener } from './session-opener.js';

export interface RecoveryHandlers {
  /** The next attempt is chosen; it begins after the delay. */
  step(step: RecoveryStep): void;
  /** An attempt begins. */
  attempt(attempt: number): void;
  /** One attempt failed. */
  failed(error: ModemError): void;
}

type Outcome = { readonly session: DialectSession } | Happened;

/**
 * Gets a session back after a loss: attempts with growing delays, each on the rung of the ladder that is its turn. A
 * session that was up for a moment, in which nothing got through, is an attempt that failed: attempts and delays go on
 * where they were.
 */
export class Recovery {
  readonly #modem: Modem;
  readonly #settings: ClientSettings;
  readonly #watch: ModuleWatch;
  readonly #opener: SessionOpener;
  readonly #handlers: RecoveryHandlers;
  readonly #ladder: Ladder;
  readonly #backoff: Backoff;
  readonly #climber: Climber;
  readonly #shortSessions = new ShortSessions();
  /** When the last session came up, and when it was lost, by `performance.now()`. */
  #upSince = 0;
  #lostAt = 0;
  /** Attempts since a session last got something through, or was up for long. */
  #attempts = 0;
  /** What ended the session before, to which the delays belong. */
  #cause: LossKind | undefined;

  constructor(
    modem: Modem,
    settings: ClientSettings,
    watch: ModuleWatch,
    opener: SessionOpener,
    handlers: RecoveryHandlers,
  ) {
    const { reconnectPeriod: initial, maxReconnectPeriod: maximum, recovery } = settings;
    this.#modem = modem;
    this.#settings = settings;
    this.#watch = watch;
    this.#opener = opener;
    this.#handlers = handlers;
    this.#ladder = new Ladder(recovery);
    this.#backoff = new Backoff({ initial, maximum });
    this.#climber = new Climber(modem, recovery.rungTimeout);
  }

  /** The first attempt, of a client that has just been made: its failure is the caller's. */
  async first(stop: AbortSignal): Promise<DialectSession> {
    if (this.#watch.trouble !== undefined) await this.#climb('port', stop);
    return this.#opener.open(stop);
  }

  /** As `run`, for a client that has had no session yet: the first attempt is made at once, and not counted. */
  async begin(stop: AbortSignal): Promise<DialectSession | undefined> {
    this.#lostAt = performance.now();
    return this.#untilUp(async () => {
      const outcome = await this.#outcome(this.#watch.trouble === undefined ? 'session' : 'port', stop);
      if ('session' in outcome) return outcome.session;
      this.#cause = lossKind(outcome.reason);
      if (!stop.aborted) this.#handlers.failed(outcome.reason);
      return this.#tryAgain(outcome, stop);
    });
  }

  /** A session is up. */
  connected(): void {
    this.#upSince = performance.now();
    this.#ladder.connected();
  }

  /** The broker acknowledged something in the session that is up. */
  progress(): void {
    this.#attempts = 0;
  }

  /** The next session, or undefined when `stop` fires. Rejects when no further attempt is allowed, with the last failure. */
  async run(
    reason: ModemError,
    clue: Clue | undefined,
    stop: AbortSignal,
  ): Promise<DialectSession | undefined> {
    const kind = lossKind(reason);
    const explained = clue?.explained ?? false;
    const stable = this.#assess(kind, explained);
    this.#shortSessions.ended(kind, stable, explained);
    const suspicion = clue?.suspicion ?? this.#shortSessions.suspicion(this.#opener.clientId);
    return this.#untilUp(() => this.#tryAgain({ stage: 'up', reason, suspicion }, stop));
  }

  async #untilUp<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } finally {
      await this.#climber.leave();
    }
  }

  /** Whether the session that was lost had been up for long. What went before a session may say nothing of its loss. */
  #assess(kind: LossKind, explained: boolean): boolean {
    this.#lostAt = performance.now();
    const stable = this.#lostAt - this.#upSince >= this.#settings.recovery.stableAfter;
    if (stable) this.#ladder.restart();
    if (stable || explained) this.#attempts = 0;
    // A port that is pulled must not wait for as long as the broker of last night.
    if (stable || explained || kind !== this.#cause) this.#backoff.reset();
    this.#cause = kind;
    return stable;
  }

  async #tryAgain(loss: Happened, stop: AbortSignal): Promise<DialectSession | undefined> {
    const { reconnectPeriod, maxReconnectAttempts } = this.#settings;
    const allowed = reconnectPeriod === 0 ? 0 : maxReconnectAttempts;
    let failure = loss;
    while (!stop.aborted) {
      const isLast = this.#attempts >= allowed || isFinal(failure);
      if (isLast) throw givingUp(failure, this.#attempts);
      this.#attempts += 1;
      const outcome = await this.#attempt(failure, this.#attempts, stop);
      if (outcome === undefined) break;
      if ('session' in outcome) return outcome.session;
      failure = outcome;
      if (!stop.aborted) this.#handlers.failed(failure.reason);
    }
    return undefined;
  }

  /** Undefined when `stop` fires before it begins. */
  async #attempt(failure: Happened, attempt: number, stop: AbortSignal): Promise<Outcome | undefined> {
    const rung = await this.#turn(failure, attempt, stop);
    if (stop.aborted) return undefined;
    this.#handlers.attempt(attempt);
    return this.#outcome(rung, stop);
  }

  async #outcome(rung: Rung, stop: AbortSignal): Promise<Outcome> {
    let climbing = true;
    try {
      await this.#climb(rung, stop);
      climbing = false;
      return { session: await this.#opener.open(stop) };
    } catch (error) {
      return { stage: climbing ? stageOf(rung) : this.#opener.stage, reason: error as ModemError };
    }
  }

  /** The rung, when it is time for it. A port that is lost meanwhile comes first. */
  async #turn(failure: Happened, attempt: number, stop: AbortSignal): Promise<Rung> {
    const step = this.#choose(failure, attempt, this.#backoff.next());
    await this.#pause(step.delay, stop);
    const { trouble } = this.#watch;
    if (trouble === undefined || step.rung === 'port' || stop.aborted) return step.rung;
    return this.#choose({ stage: 'pause', reason: trouble }, attempt, 0).rung;
  }

  /** A device that is plugged in again ends it: what made the delays grow is over. */
  async #pause(ms: number, stop: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([stop, over.signal]);
    const returned = this.#modem.portReturns(signal).then(() => this.#backoff.reset());
    await Promise.race([delay(ms, signal), returned]);
    over.abort();
  }

  async #climb(rung: Rung, stop: AbortSignal): Promise<void> {
    await this.#climber.climb(rung, stop);
    if (rung === 'port') this.#watch.reopened();
  }

  #choose(failure: Happened, attempt: number, ms: number): RecoveryStep {
    const { stage, reason } = failure;
    const rung = this.#ladder.next(reason.code, {
      portDue: this.#watch.trouble !== undefined,
      stage,
      closed: lossKind(reason) === 'closed',
      lasting: performance.now() - this.#lostAt,
    });
    const next = { rung, attempt, delay: ms };
    const step = { ...next, stage, reason, sentence: recoverySentence(failure, next) };
    this.#handlers.step(step);
    return step;
  }
}

/** Before a try of the session alone there is nothing to do but to switch on a radio that was left off. */
function stageOf(rung: Rung): RecoveryStage {
  return rung === 'session' ? 'radio' : rung;
}

/** A modem that was closed under the client stays closed, and a port that cannot be will never be. */
function isFinal({ stage, reason }: Happened): boolean {
  return reason.code === 'CLOSED' || (stage === 'port' && reason.code === 'INVALID_ARGUMENT');
}

function givingUp(failure: Happened, attempts: number): ModemError {
  const { reason } = failure;
  return new ModemError(reason.code, givingUpSentence(failure, attempts), { cause: reason });
}
