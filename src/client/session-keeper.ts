import type { Degradation, DialectSession, InboundMessage } from '../dialects/dialect.js';
import { abortedError, ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';
import { onAbort } from '../util/abort.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { farewell } from './attempt.js';
import type { RecoveryStep } from './client-types.js';
import { ModuleWatch } from './module-watch.js';
import type { ClientSettings } from './options.js';
import type { Clue } from './recovery/loss.js';
import { Recovery } from './recovery/recovery.js';
import { SessionOpener } from './recovery/session-opener.js';
import type { Subscriptions } from './subscriptions.js';

export interface SessionKeeperHandlers {
  connected(session: DialectSession): void;
  /** The session is gone; recovery begins unless the client ends, with what the handler knows of the loss. */
  disconnected(reason: ModemError): Clue | undefined;
  /** What will be tried after the delay of the step. */
  recovering(step: RecoveryStep): void;
  /** An attempt to get a session back begins. */
  reconnecting(attempt: number): void;
  /** One attempt failed. */
  failed(error: ModemError): void;
  /** No further attempt will be made. */
  gaveUp(error: ModemError): void;
  message(message: InboundMessage): void;
  degraded(degradation: Degradation): void;
}

/** Undefined when the signal fires. */
type Recover = (stop: AbortSignal) => Promise<DialectSession | undefined>;

/** Keeps a session up on a module: the first connect, and after a loss as many further ones as are allowed. */
export class SessionKeeper {
  readonly #handlers: SessionKeeperHandlers;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<Deferred<DialectSession>>();
  readonly #watch: ModuleWatch;
  readonly #opener: SessionOpener;
  readonly #recovery: Recovery;
  #session: DialectSession | undefined;
  #recovering = false;
  #recovered: Promise<void> = Promise.resolve();
  #over: ModemError | undefined;

  constructor(
    modem: Modem,
    settings: ClientSettings,
    subscriptions: Subscriptions,
    handlers: SessionKeeperHandlers,
  ) {
    this.#handlers = handlers;
    this.#watch = new ModuleWatch(modem, (reason) => this.#opener.abandon(reason));
    this.#opener = new SessionOpener(modem, settings, subscriptions, {
      message: (message) => handlers.message(message),
      degraded: (degradation) => handlers.degraded(degradation),
      lost: (reason) => this.#onLost(reason),
    });
    this.#recovery = new Recovery(modem, settings, this.#watch, this.#opener, {
      step: (step) => handlers.recovering(step),
      attempt: (attempt) => handlers.reconnecting(attempt),
      failed: (error) => handlers.failed(error),
    });
  }

  /** The session that is up, or undefined. */
  get session(): DialectSession | undefined {
    return this.#session;
  }

  get recovering(): boolean {
    return this.#recovering;
  }

  /** Why no session will come any more, or undefined. */
  get over(): ModemError | undefined {
    return this.#over;
  }

  /** The first connect: a failure is the caller's, nothing is tried again. */
  async start(signal: AbortSignal | undefined): Promise<void> {
    const forget = onAbort(signal, () => this.#stop.abort(signal?.reason));
    try {
      this.#up(await this.#recovery.first(this.#stop.signal));
    } catch (error) {
      this.#finish(error as ModemError);
      throw error;
    } finally {
      forget();
    }
  }

  /** The first connect: a failure is as one of any later attempt. */
  begin(): void {
    this.#recovered = this.#recover((stop) => this.#recovery.begin(stop));
  }

  /** The broker acknowledged something. */
  progress(): void {
    this.#recovery.progress();
  }

  /** The session as soon as one is up; rejects when there will be none. */
  async whenConnected(signal: AbortSignal | undefined): Promise<DialectSession> {
    if (this.#session !== undefined) return this.#session;
    if (this.#over !== undefined) throw again(this.#over);
    const waiting = deferred<DialectSession>();
    const forget = onAbort(signal, () => waiting.reject(abortedError(signal as AbortSignal)));
    this.#waiting.add(waiting);
    try {
      return await waiting.promise;
    } finally {
      forget();
      this.#waiting.delete(waiting);
    }
  }

  /** Ends the session, or the attempts to get one. */
  async stop(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#opener.leave();
    this.#stop.abort();
    await farewell(session);
    await this.#recovered;
    this.#finish(new ModemError('CLOSED', 'the client has ended'));
  }

  #up(session: DialectSession): void {
    this.#session = session;
    this.#recovery.connected();
    this.#handlers.connected(session);
    for (const waiting of this.#waiting) waiting.resolve(session);
  }

  #onLost(reason: ModemError): void {
    this.#session = undefined;
    const clue = this.#handlers.disconnected(reason);
    this.#recovered = this.#recover((stop) => this.#recovery.run(reason, clue, stop));
  }

  async #recover(run: Recover): Promise<void> {
    const session = await this.#nextSession(run);
    if (session === undefined) return;
    if (this.#stop.signal.aborted) await farewell(session);
    else this.#up(session);
  }

  /** Undefined when there will be none. */
  async #nextSession(run: Recover): Promise<DialectSession | undefined> {
    this.#recovering = true;
    try {
      return await run(this.#stop.signal);
    } catch (error) {
      this.#recovering = false;
      this.#finish(error as ModemError);
      this.#handlers.gaveUp(error as ModemError);
      return undefined;
    } finally {
      this.#recovering = false;
    }
  }

  #finish(reason: ModemError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#watch.end();
    this.#opener.hush();
    for (const waiting of this.#waiting) waiting.reject(again(reason));
  }
}

/** Each request gets an error of its own. */
function again(reason: ModemError): ModemError {
  return new ModemError(reason.code, reason.message, { cause: reason });
}
