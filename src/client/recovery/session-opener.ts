import type { Degradation, DialectSession, InboundMessage, SessionOptions } from '../../dialects/dialect.js';
import { abortedError, type ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { sessionToOpen } from '../ask-login.js';
import { attemptWithin, farewell } from '../attempt.js';
import { IdleCheck } from '../idle-check.js';
import type { ClientSettings } from '../options.js';
import type { Subscriptions } from '../subscriptions.js';
import type { RecoveryStage } from './ladder.js';
import { Probe } from './probe.js';
import { Resubscriber } from './resubscribe.js';
import { WatchedSession } from './watched-session.js';

/** An attempt whose session has not been handed out, and what has ended it meanwhile. */
export class Opening {
  readonly #gone = new AbortController();
  #lost: ModemError | undefined;
  /** Undefined until there is a login. */
  session: WatchedSession | undefined;

  /** The module restarted, fell silent or lost its port, or the session ended. */
  lose(reason: ModemError): void {
    this.#lost ??= reason;
    this.#gone.abort(reason);
  }

  /** Fires with `attempt`, or when the attempt is lost. */
  signal(attempt: AbortSignal): AbortSignal {
    return AbortSignal.any([attempt, this.#gone.signal]);
  }

  /** What the attempt failed with: a loss counts more than what follows from it. */
  failure(error: unknown): unknown {
    return this.#lost ?? error;
  }

  throwIfLost(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }
}

export interface OpenerHandlers {
  message(message: InboundMessage): void;
  degraded(degradation: Degradation): void;
  /** The session that was handed out has ended. */
  lost(reason: ModemError): void;
}

/** Makes sessions that work: network there, logged in, connected, subscriptions restored, watched for silent death. */
export class SessionOpener {
  readonly #modem: Modem;
  readonly #settings: ClientSettings;
  readonly #subscriptions: Subscriptions;
  readonly #handlers: OpenerHandlers;
  readonly #probe: Probe | undefined;
  readonly #idle: IdleCheck;
  readonly #resubscriber: Resubscriber;
  #stage: RecoveryStage = 'network';
  #clientId: string;
  #opening: Opening | undefined;
  /** The one that was handed out last. */
  #current: WatchedSession | undefined;
  /** The one that was made last: messages may come of it after its end. */
  #last: WatchedSession | undefined;

  constructor(
    modem: Modem,
    settings: ClientSettings,
    subscriptions: Subscriptions,
    handlers: OpenerHandlers,
  ) {
    this.#modem = modem;
    this.#settings = settings;
    this.#clientId = settings.session.clientId;
    this.#subscriptions = subscriptions;
    this.#handlers = handlers;
    this.#idle = new IdleCheck(settings.idleCheck, (told) => handlers.degraded(told));
    this.#resubscriber = new Resubscriber({
      degraded: (told) => handlers.degraded(told),
      refused: (topic) => subscriptions.remove([topic]),
    });
    const missed = (reason: ModemError) => this.abandon(reason);
    const { probe } = settings;
    this.#probe = probe && new Probe(probe, { missed, degraded: (told) => handlers.degraded(told) });
  }

  /** Where the attempt is, or was when it failed. */
  get stage(): RecoveryStage {
    return this.#stage;
  }

  /** Of the session that was made last. */
  get clientId(): string {
    return this.#clientId;
  }

  /** One attempt, at most `connectTimeout` long. */
  open(stop: AbortSignal): Promise<DialectSession> {
    return attemptWithin('connect', this.#settings.connectTimeout, stop, (signal) => this.#open(signal));
  }

  /** Ends the attempt that is under way, or the session that was handed out last, without a word to the module. */
  abandon(reason: ModemError): void {
    this.#opening?.lose(reason);
    const session = this.#opening?.session ?? this.#current;
    if (session !== undefined) this.#end(session, reason);
  }

  /** The session is not in use any more. */
  leave(): void {
    this.#probe?.stop();
    this.#idle.stop();
    this.#current = undefined;
  }

  /** No message comes any more of a session that is over. */
  hush(): void {
    this.#last?.close().catch(() => {});
  }

  async #open(signal: AbortSignal): Promise<DialectSession> {
    this.#stage = 'network';
    if (signal.aborted) throw abortedError(signal, 'connect');
    await this.#modem.requireNetwork({ timeout: this.#settings.registrationTimeout, signal });
    const opening = new Opening();
    this.#opening = opening;
    try {
      this.#current = await this.#establish(opening, signal);
    } catch (error) {
      await farewell(opening.session);
      throw error;
    } finally {
      this.#opening = undefined;
    }
    this.#stage = 'up';
    this.#probe?.start(this.#current);
    this.#idle.start(this.#current);
    return this.#current;
  }

  async #establish(opening: Opening, signal: AbortSignal): Promise<WatchedSession> {
    const options = await this.#logIn(opening, signal);
    const session = this.#create(options);
    opening.session = session;
    this.#stage = 'session';
    await session.open({ signal });
    this.#stage = 'subscribe';
    await this.#subscribe(session, signal);
    // The loss can come in the same read as the last result.
    opening.throwIfLost();
    if (signal.aborted) throw abortedError(signal, 'connect');
    return session;
  }

  /** A module that restarts meanwhile may be another one: the login would not be its own. */
  async #logIn(opening: Opening, signal: AbortSignal): Promise<SessionOptions> {
    this.#stage = 'login';
    try {
      const options = await sessionToOpen(this.#modem, this.#settings, opening.signal(signal));
      opening.throwIfLost();
      return options;
    } catch (error) {
      throw opening.failure(error);
    }
  }

  #create(options: SessionOptions): WatchedSession {
    const { dialect, recovery } = this.#settings;
    this.#clientId = options.clientId;
    const session: WatchedSession = new WatchedSession(
      dialect.createSession(this.#modem, options, {
        message: (message) => this.#onMessage(session, message),
        degraded: (degradation) => this.#handlers.degraded(degradation),
        lost: (reason) => this.#onLost(session, reason),
      }),
      recovery.failedResults,
      (reason) => this.#end(session, reason),
    );
    this.#last = session;
    return session;
  }

  async #subscribe(session: DialectSession, signal: AbortSignal): Promise<void> {
    const filters = this.#settings.resubscribe ? this.#subscriptions.all : [];
    await this.#resubscriber.restore(session, filters, signal);
  }

  #onMessage(session: WatchedSession, message: InboundMessage): void {
    session.alive();
    if (!this.#probe?.takes(message)) this.#handlers.message(message);
  }

  #end(session: DialectSession, reason: ModemError): void {
    session.abandon(reason);
    this.#onLost(session, reason);
  }

  #onLost(session: DialectSession, reason: ModemError): void {
    if (this.#opening?.session === session) this.#opening.lose(reason);
    if (this.#current !== session) return;
    this.leave();
    this.#handlers.lost(reason);
  }
}
