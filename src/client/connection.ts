import type { Degradation, DialectSession, InboundMessage } from '../dialects/dialect.js';
import { abortedError } from '../errors/aborted.js';
import { ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';
import { onAbort } from '../util/abort.js';
import { Backoff } from '../util/backoff.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { delay } from '../util/delay.js';
import { attemptWithin } from './attempt.js';
import type { RecoveryStep } from './events.js';
import { farewell } from './farewell.js';
import { ModuleWatch } from './module-watch.js';
import type { ClientSettings } from './options.js';
import type { Subscriptions } from './subscriptions.js';

export interface ConnectionHandlers {
  connected(session: DialectSession): void;
  /** The session is gone; recovery begins unless the client ends. */
  disconnected(reason: ModemError): void;
  recovering(step: RecoveryStep): void;
  /** One attempt failed. */
  failed(error: ModemError): void;
  /** No further attempt will be made. */
  gaveUp(error: ModemError): void;
  message(message: InboundMessage): void;
  degraded(degradation: Degradation): void;
}

/** A session that is not up yet. */
interface Opening {
  readonly session: DialectSession;
  lost: ModemError | undefined;
}

/** Keeps a session up on a module: the first connect, and after a loss as many further ones as are allowed. */
export class Connection {
  readonly #modem: Modem;
  readonly #settings: ClientSettings;
  readonly #subscriptions: Subscriptions;
  readonly #handlers: ConnectionHandlers;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<Deferred<DialectSession>>();
  readonly #watch: ModuleWatch;
  #session: DialectSession | undefined;
  #opening: Opening | undefined;
  #recovering = false;
  #recovered: Promise<void> = Promise.resolve();
  #over: ModemError | undefined;

  constructor(
    modem: Modem,
    settings: ClientSettings,
    subscriptions: Subscriptions,
    handlers: ConnectionHandlers,
  ) {
    this.#modem = modem;
    this.#settings = settings;
    this.#subscriptions = subscriptions;
    this.#handlers = handlers;
    this.#watch = new ModuleWatch(modem, (reason) => this.#onModuleGone(reason));
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
      this.#up(await this.#connect());
    } catch (error) {
      this.#finish(error as ModemError);
      throw error;
    } finally {
      forget();
    }
  }

  /** The session as soon as one is up; rejects when there will be none. */
  async whenConnected(signal: AbortSignal): Promise<DialectSession> {
    if (this.#session !== undefined) return this.#session;
    if (this.#over !== undefined) throw again(this.#over);
    const waiting = deferred<DialectSession>();
    const forget = onAbort(signal, () => waiting.reject(abortedError(signal)));
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
    this.#stop.abort();
    await farewell(session);
    await this.#recovered;
    this.#finish(new ModemError('CLOSED', 'the client has ended'));
  }

  #connect(): Promise<DialectSession> {
    return attemptWithin(this.#settings.connectTimeout, this.#stop.signal, (signal) =>
      this.#openSession(signal),
    );
  }

  async #openSession(signal: AbortSignal): Promise<DialectSession> {
    if (signal.aborted) throw abortedError(signal, 'connect');
    const { dialect, registrationTimeout, resubscribe } = this.#settings;
    if (this.#watch.portDue) {
      await this.#modem.reopen({ signal });
      this.#watch.reopened();
    }
    await this.#modem.requireNetwork({ timeout: registrationTimeout, signal });
    const session: DialectSession = dialect.createSession(this.#modem, this.#settings.session, {
      message: (message) => this.#handlers.message(message),
      degraded: (degradation) => this.#handlers.degraded(degradation),
      lost: (reason) => this.#onLost(session, reason),
    });
    const opening: Opening = { session, lost: undefined };
    this.#opening = opening;
    try {
      await session.open({ signal });
      const filters = this.#subscriptions.all;
      if (resubscribe && filters.length > 0) await session.subscribe(filters, { signal });
      // The loss can come in the same read as the last result.
      if (opening.lost !== undefined) throw opening.lost;
      if (signal.aborted) throw abortedError(signal, 'connect');
      return session;
    } catch (error) {
      await farewell(session);
      throw error;
    } finally {
      this.#opening = undefined;
    }
  }

  #up(session: DialectSession): void {
    this.#session = session;
    this.#handlers.connected(session);
    for (const waiting of this.#waiting) waiting.resolve(session);
  }

  #onModuleGone(reason: ModemError): void {
    const session = this.#opening?.session ?? this.#session;
    if (session === undefined) return;
    session.abandon(reason);
    this.#onLost(session, reason);
  }

  #onLost(session: DialectSession, reason: ModemError): void {
    if (this.#opening?.session === session) this.#opening.lost ??= reason;
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#handlers.disconnected(reason);
    this.#recovered = this.#recover(reason);
  }

  /** Two rungs of the ladder (lessons row 12): the session, and the port if it is gone or silent. */
  async #recover(loss: ModemError): Promise<void> {
    const { reconnectPeriod, maxReconnectPeriod, maxReconnectAttempts } = this.#settings;
    const { signal } = this.#stop;
    const attempts = reconnectPeriod === 0 ? 0 : maxReconnectAttempts;
    const backoff = new Backoff({ initial: reconnectPeriod, maximum: maxReconnectPeriod });
    let reason = loss;
    this.#recovering = true;
    while (!signal.aborted) {
      // A modem that was closed under the client stays closed.
      if (backoff.tries >= attempts || reason.code === 'CLOSED') return this.#giveUp(reason);
      await delay(backoff.next(), signal);
      if (signal.aborted) break;
      const rung = this.#watch.portDue ? 'port' : 'session';
      this.#handlers.recovering({ rung, attempt: backoff.tries, reason });
      let session: DialectSession;
      try {
        session = await this.#connect();
      } catch (error) {
        reason = error as ModemError;
        if (!signal.aborted) this.#handlers.failed(reason);
        continue;
      }
      this.#recovering = false;
      return this.#up(session);
    }
    this.#recovering = false;
  }

  #giveUp(reason: ModemError): void {
    this.#recovering = false;
    this.#finish(reason);
    this.#handlers.gaveUp(reason);
  }

  #finish(reason: ModemError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#watch.end();
    for (const waiting of this.#waiting) waiting.reject(again(reason));
  }
}

/** Each request gets an error of its own. */
function again(reason: ModemError): ModemError {
  return new ModemError(reason.code, reason.message, { cause: reason });
}
