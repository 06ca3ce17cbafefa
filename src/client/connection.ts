import type { Degradation, DialectSession, InboundMessage } from '../dialects/dialect.js';
import { abortedError } from '../errors/aborted.js';
import { ModuleRebootedError, TimeoutError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';
import { onAbort } from '../util/abort.js';
import { Backoff } from '../util/backoff.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { delay } from '../util/delay.js';
import type { RecoveryStep } from './events.js';
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

/** Keeps a session up on a module: the first connect, and after a loss as many further ones as are allowed. */
export class Connection {
  readonly #modem: Modem;
  readonly #settings: ClientSettings;
  readonly #subscriptions: Subscriptions;
  readonly #handlers: ConnectionHandlers;
  readonly #stop = new AbortController();
  readonly #waiting = new Set<Deferred<DialectSession>>();
  readonly #forget: () => void;
  #session: DialectSession | undefined;
  #opening: DialectSession | undefined;
  #recovering = false;
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
    this.#forget = this.#watch();
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
    if (this.#over !== undefined)
      throw new ModemError(this.#over.code, this.#over.message, { cause: this.#over });
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
    try {
      await session?.close();
    } catch {
      // The module did not answer to the farewell: the broker will miss the keepalive.
    }
    this.#finish(new ModemError('CLOSED', 'the client has ended'));
  }

  /** One attempt, within its limit. */
  async #connect(): Promise<DialectSession> {
    const { connectTimeout } = this.#settings;
    const attempt = new AbortController();
    const expired = new TimeoutError('result', connectTimeout, { command: 'connect' });
    const timer = setTimeout(() => attempt.abort(expired), connectTimeout);
    const forget = onAbort(this.#stop.signal, () => attempt.abort(this.#stop.signal.reason));
    try {
      return await this.#openSession(attempt.signal);
    } catch (error) {
      if (attempt.signal.reason === expired) throw expired;
      throw error;
    } finally {
      clearTimeout(timer);
      forget();
    }
  }

  async #openSession(signal: AbortSignal): Promise<DialectSession> {
    if (signal.aborted) throw abortedError(signal, 'connect');
    const { dialect, registrationTimeout, resubscribe } = this.#settings;
    if (this.#modem.closed) await this.#modem.reopen({ signal });
    await this.#modem.requireNetwork({ timeout: registrationTimeout, signal });
    const session: DialectSession = dialect.createSession(this.#modem, this.#settings.session, {
      message: (message) => this.#handlers.message(message),
      degraded: (degradation) => this.#handlers.degraded(degradation),
      lost: (reason) => this.#onLost(session, reason),
    });
    this.#opening = session;
    try {
      await session.open({ signal });
      const filters = this.#subscriptions.all;
      if (resubscribe && filters.length > 0) await session.subscribe(filters, { signal });
      return session;
    } catch (error) {
      session.abandon(error as ModemError);
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

  #watch(): () => void {
    const onReboot = (marker: string) => this.#onModuleGone(new ModuleRebootedError(marker));
    const onClose = (error: ModemError | undefined) =>
      this.#onModuleGone(error ?? new ModemError('CLOSED', 'the modem was closed'));
    this.#modem.on('reboot', onReboot);
    this.#modem.on('close', onClose);
    return () => {
      this.#modem.off('reboot', onReboot);
      this.#modem.off('close', onClose);
    };
  }

  #onModuleGone(reason: ModemError): void {
    this.#opening?.abandon(reason);
    const session = this.#session;
    if (session === undefined) return;
    session.abandon(reason);
    this.#onLost(session, reason);
  }

  #onLost(session: DialectSession, reason: ModemError): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#handlers.disconnected(reason);
    void this.#recover(reason);
  }

  /** The first two rungs of the ladder (lessons row 12): the session, and the port if it is gone. */
  async #recover(loss: ModemError): Promise<void> {
    const { reconnectPeriod, maxReconnectPeriod, maxReconnectAttempts } = this.#settings;
    if (reconnectPeriod === 0) return this.#giveUp(loss);
    const backoff = new Backoff({ initial: reconnectPeriod, maximum: maxReconnectPeriod });
    this.#recovering = true;
    let reason = loss;
    while (!this.#stop.signal.aborted && this.#session === undefined) {
      if (backoff.tries >= maxReconnectAttempts) return this.#giveUp(reason);
      await delay(backoff.next(), this.#stop.signal);
      if (this.#stop.signal.aborted) break;
      const rung = this.#modem.closed ? 'port' : 'session';
      this.#handlers.recovering({ rung, attempt: backoff.tries, reason });
      try {
        this.#up(await this.#connect());
      } catch (error) {
        reason = error as ModemError;
        if (!this.#stop.signal.aborted) this.#handlers.failed(reason);
      }
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
    this.#forget();
    for (const waiting of this.#waiting) waiting.reject(reason);
  }
}
