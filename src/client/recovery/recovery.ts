import type { DialectSession } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { Backoff } from '../../util/backoff.js';
import { delay } from '../../util/delay.js';
import type { RecoveryStep } from '../events.js';
import type { ModuleWatch } from '../module-watch.js';
import type { ClientSettings } from '../options.js';
import { Climber } from './climber.js';
import { Ladder } from './ladder.js';
import type { RecoveryStage, Rung } from './rungs.js';
import { givingUpSentence, recoverySentence } from './sentence.js';
import type { SessionOpener } from './session-opener.js';

export interface RecoveryHandlers {
  /** The next attempt is chosen; it begins after the delay. */
  step(step: RecoveryStep): void;
  /** An attempt begins. */
  attempt(attempt: number): void;
  /** One attempt failed. */
  failed(error: ModemError): void;
}

/** A failure, and where it happened. */
interface Failure {
  readonly stage: RecoveryStage;
  readonly reason: ModemError;
}

type Outcome = { readonly session: DialectSession } | Failure;

/** Gets a session back after a loss: attempts with growing delays, each on the rung of the ladder that is its turn. */
export class Recovery {
  readonly #settings: ClientSettings;
  readonly #watch: ModuleWatch;
  readonly #opener: SessionOpener;
  readonly #handlers: RecoveryHandlers;
  readonly #ladder: Ladder;
  readonly #backoff: Backoff;
  readonly #climber: Climber;
  /** When the last session came up, by `performance.now()`. */
  #upSince = 0;

  constructor(
    modem: Modem,
    settings: ClientSettings,
    watch: ModuleWatch,
    opener: SessionOpener,
    handlers: RecoveryHandlers,
  ) {
    const { reconnectPeriod: initial, maxReconnectPeriod: maximum, recovery } = settings;
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

  /** A session is up. */
  connected(): void {
    this.#upSince = performance.now();
    this.#ladder.connected();
  }

  /** The next session, or undefined when `stop` fires. Rejects when no further attempt is allowed, with the last failure. */
  async run(loss: ModemError, stop: AbortSignal): Promise<DialectSession | undefined> {
    if (performance.now() - this.#upSince >= this.#settings.recovery.stableAfter) {
      this.#ladder.restart();
      this.#backoff.reset();
    }
    try {
      return await this.#attempts({ stage: 'up', reason: loss }, stop);
    } finally {
      await this.#climber.leave();
    }
  }

  async #attempts(loss: Failure, stop: AbortSignal): Promise<DialectSession | undefined> {
    const { reconnectPeriod, maxReconnectAttempts } = this.#settings;
    const allowed = reconnectPeriod === 0 ? 0 : maxReconnectAttempts;
    let failure = loss;
    for (let attempt = 1; !stop.aborted; attempt += 1) {
      // A modem that was closed under the client stays closed.
      if (attempt > allowed || failure.reason.code === 'CLOSED') throw givingUp(failure, attempt - 1);
      const outcome = await this.#attempt(failure, attempt, stop);
      if (outcome === undefined) break;
      if ('session' in outcome) return outcome.session;
      failure = outcome;
      if (!stop.aborted) this.#handlers.failed(failure.reason);
    }
    return undefined;
  }

  /** Undefined when `stop` fires before it begins. */
  async #attempt(failure: Failure, attempt: number, stop: AbortSignal): Promise<Outcome | undefined> {
    const rung = await this.#turn(failure, attempt, stop);
    if (stop.aborted) return undefined;
    this.#handlers.attempt(attempt);
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
  async #turn(failure: Failure, attempt: number, stop: AbortSignal): Promise<Rung> {
    const step = this.#choose(failure, attempt, this.#backoff.next());
    await delay(step.delay, stop);
    const { trouble } = this.#watch;
    if (trouble === undefined || step.rung === 'port' || stop.aborted) return step.rung;
    return this.#choose({ stage: 'pause', reason: trouble }, attempt, 0).rung;
  }

  async #climb(rung: Rung, stop: AbortSignal): Promise<void> {
    await this.#climber.climb(rung, stop);
    if (rung === 'port') this.#watch.reopened();
  }

  #choose({ stage, reason }: Failure, attempt: number, ms: number): RecoveryStep {
    const rung = this.#ladder.next(reason.code, this.#watch.trouble !== undefined, stage);
    const next = { rung, attempt, delay: ms };
    const step = { ...next, stage, reason, sentence: recoverySentence(stage, reason, next) };
    this.#handlers.step(step);
    return step;
  }
}

/** Before a try of the session alone there is nothing to do but to switch on a radio that was left off. */
function stageOf(rung: Rung): RecoveryStage {
  return rung === 'session' ? 'radio' : rung;
}

function givingUp({ stage, reason }: Failure, attempts: number): ModemError {
  return new ModemError(reason.code, givingUpSentence(stage, reason, attempts), { cause: reason });
}
