import type { Command, CommandPort, ExecuteOptions } from '../../at/command.js';
import { IMEI } from '../../at/commands/identity.js';
import type { Urc } from '../../at/urc.js';
import { CommandError, TimeoutError } from '../../errors/kinds.js';
import { abortedError, ModemError } from '../../errors/modem-error.js';
import { untilAborted } from '../../modem/until-aborted.js';
import type {
  DialectSession,
  Publication,
  RequestOptions,
  SessionHandlers,
  SessionOptions,
  SessionState,
  TopicFilter,
} from '../dialect.js';
import {
  openingFailure,
  publishFailure,
  raise,
  statusFailure,
  subscribeFailure,
  unsubscribeFailure,
} from './failures.js';
import { clearAway, clearAwayAfter, forgetLateResults, handshake, lateResultPossible } from './handshake.js';
import { isStillOurs, type LeftSession, leaveBehind, takeLeft } from './left-session.js';
import { CONNECTION_ID as id, MAX_TOPICS_PER_COMMAND } from './limits.js';
import {
  PUBLISH,
  type PublishRequest,
  SUBSCRIBE_UNSUBSCRIBE,
  type SubscribeRequest,
} from './message-commands.js';
import type { Message, SessionStatus } from './messages.js';
import { choosePayloadForm, type PayloadForm, PROFILES, type Profile, type ProfileName } from './profiles.js';
import { lastReceiver, Receiver } from './receiver.js';
import { doubt, isAnswer, messageIdsOf, SessionRequests } from './requests.js';
import type { MessageResult } from './results.js';
import { configure } from './session-settings.js';
import { requireConnected, StateQuestions } from './session-state.js';

/** Limits in ms for fetching what is announced: before a session is opened, and before one is closed. */
const FETCH_LIMIT = { open: 30_000, close: 5_000 };

const NEVER = new AbortController().signal;

/** One session of the module's MQTT stack: lmqtt.md 2 to 6. */
export class LmqttSession implements DialectSession {
  readonly #port: CommandPort;
  readonly #options: SessionOptions;
  readonly #profile: Profile;
  readonly #handlers: SessionHandlers;
  readonly #requests = new SessionRequests();
  readonly #receiver: Receiver;
  readonly #state: StateQuestions;
  /** How downlinks come. */
  #urc: Urc<Message> | undefined;
  /** Of the module; undefined until it is known. */
  #imei: string | undefined;
  #identified = false;
  /** Publishes whose result carries no id. */
  #anonymous = 0;
  #stage: 'configure' | 'open' | 'connect' | 'connected' | 'closing' = 'configure';
  #closing: Promise<void> | undefined;

  constructor(port: CommandPort, options: SessionOptions, handlers: SessionHandlers) {
    this.#port = port;
    this.#options = options;
    this.#profile = PROFILES[options.profile as ProfileName];
    this.#handlers = handlers;
    this.#state = new StateQuestions({
      port,
      connected: () => this.#connected,
      ask: () => this.#requests.run(undefined, (inner) => requireConnected(port, inner)),
      lose: (reason) => this.#lose(reason),
    });
    this.#receiver = new Receiver(port, options.buffered, {
      message: (message) => handlers.message(message),
      status: (status) => this.#onStatus(status),
      unread: (reason) => this.#unread(`a message was lost: ${reason.message}`),
    });
  }

  async open({ signal }: RequestOptions = {}): Promise<void> {
    const doubtful = lateResultPossible(this.#port);
    const left = takeLeft(this.#port);
    try {
      if (left !== undefined && !doubtful && (await this.#adopt(left, signal))) return;
      await this.#establish(signal).catch((error) => {
        // What failed may be the attempt before: its late result looks like that of this one.
        if (!doubtful || !isAnswer(error) || this.#requests.ended !== undefined) throw error;
        if (this.#options.connectOnce) throw doubt(error);
        return this.#establish(signal);
      });
    } catch (error) {
      this.abandon(error as ModemError);
      const { ended: reason } = this.#requests;
      if (this.#stage !== 'configure') await clearAwayAfter(reason, this.#port);
      throw reason;
    }
  }

  async subscribe(filters: readonly TopicFilter[], { signal }: RequestOptions = {}): Promise<void> {
    await this.#requestTopics('subscribe', filters, signal);
  }

  async unsubscribe(topics: readonly string[], { signal }: RequestOptions = {}): Promise<void> {
    const filters = topics.map((topic) => ({ topic, qos: 0 as const }));
    await this.#requestTopics('unsubscribe', filters, signal);
  }

  async publish(publication: Publication, { signal, onAccepted }: RequestOptions = {}): Promise<void> {
    const form = choosePayloadForm(publication.payload, this.#profile);
    if (signal?.aborted) throw abortedError(signal, 'publish');
    const accepted = onAccepted === undefined ? {} : { onAccepted };
    const result = await this.#publishAs(form, publication, signal, accepted).catch((error) => {
      const inline = form === 'inline' && publication.payload.length > 0;
      if (!inline || !(error instanceof CommandError) || signal?.aborted) throw error;
      // What a module minds within a line is not documented: behind a prompt it takes any bytes (lmqtt.md 5).
      return this.#publishAs('data', publication, signal, accepted);
    });
    raise(publishFailure(result));
  }

  #publishAs(
    form: PayloadForm,
    publication: Publication,
    signal: AbortSignal | undefined,
    options: Omit<ExecuteOptions, 'signal'>,
  ): Promise<MessageResult> {
    const anonymous = publication.qos === 0 && this.#profile.zeroMessageIdForQos0;
    const messageId = anonymous ? 0 : messageIdsOf(this.#port).next();
    const request = { id, messageId, form, ...publication };
    if (!anonymous) return this.#execute(PUBLISH, request, signal, options);
    return untilAborted(this.#publishWithoutId(request, options), signal);
  }

  /**
   * Results with msgID 0 match in the order of sending (lmqtt.md 5): one given up still waits for its own, and
   * when one is missing the order is lost, and the session with it.
   */
  async #publishWithoutId(request: PublishRequest, options: ExecuteOptions): Promise<MessageResult> {
    this.#anonymous += 1;
    try {
      const result = await this.#execute(PUBLISH, request, undefined, options);
      this.#anonymous -= 1;
      return result;
    } catch (cause) {
      if (cause instanceof CommandError) this.#anonymous -= 1;
      const missing = 'session lost: the result of a message without an id is missing';
      if (cause instanceof TimeoutError) this.#lose(new ModemError('SESSION_LOST', missing, { cause }));
      throw cause;
    }
  }

  verify(): Promise<boolean> {
    return this.#state.verify();
  }

  async check(): Promise<SessionState> {
    const state = await this.#state.check();
    if (state === 'alive') void this.#identify();
    return state;
  }

  async drain({ signal }: RequestOptions = {}): Promise<void> {
    await this.#receiver.drain(signal ?? NEVER);
  }

  close({ signal }: RequestOptions = {}): Promise<void> {
    this.#closing ??= this.#close(signal);
    return this.#closing;
  }

  abandon(reason: ModemError): void {
    if (reason.code === 'REBOOTED') forgetLateResults(this.#port);
    if (this.#connected) this.#leaveBehind(reason);
    this.#receiver.leave(reason);
    this.#requests.end(reason);
  }

  get #connected(): boolean {
    return this.#stage === 'connected' && this.#requests.ended === undefined;
  }

  /** Goes on with the session that was left behind, if it is ours. */
  async #adopt(left: LeftSession, signal: AbortSignal | undefined): Promise<boolean> {
    const before = lastReceiver(this.#port);
    const ours = await this.#requests.run(signal, async (inner) => {
      await before?.drain(within(FETCH_LIMIT.open, inner));
      return isStillOurs(this.#port, left, this.#options, inner);
    });
    if (!ours || this.#requests.ended !== undefined) return false;
    this.#imei = left.imei;
    this.#listen(left.urc);
    this.#stage = 'connected';
    return true;
  }

  /**
   * Results without an id match in the order of sending: one that is still to come could be taken for that of a later
   * message.
   */
  #leaveBehind(reason: ModemError): void {
    if (this.#urc === undefined || this.#imei === undefined || this.#anonymous > 0) return;
    const session = { options: this.#options, profile: this.#profile, urc: this.#urc, imei: this.#imei };
    leaveBehind(this.#port, session, reason);
  }

  #listen(urc: Urc<Message>): void {
    this.#urc = urc;
    this.#receiver.start(urc);
  }

  async #establish(signal: AbortSignal | undefined): Promise<void> {
    this.#stage = 'configure';
    const before = lastReceiver(this.#port);
    await this.#requests.run(signal, (inner) =>
      clearAway(this.#port, { signal: inner }, async () => before?.drain(within(FETCH_LIMIT.open, inner))),
    );
    await this.#configure(signal);
    await this.#connect(signal);
  }

  async #configure(signal: AbortSignal | undefined): Promise<void> {
    const session = { options: this.#options, profile: this.#profile };
    const urc = await this.#requests.run(signal, (inner) =>
      configure(this.#port, session, { signal: inner }, (told) => this.#handlers.degraded(told)),
    );
    // Stored messages can come in the same read as the result of LMQTTCONN: lmqtt.md 3 [T].
    this.#listen(urc);
  }

  async #connect(signal: AbortSignal | undefined): Promise<void> {
    await this.#requests.run(signal, (inner) =>
      handshake(this.#port, this.#options, { signal: inner }, (step) => {
        this.#stage = step;
        if (step === 'connect') this.#handlers.connecting?.();
      }),
    );
    // The end of the session can come in the same read as the result.
    if (this.#requests.ended !== undefined) throw this.#requests.ended;
    this.#stage = 'connected';
  }

  async #requestTopics(
    action: SubscribeRequest['action'],
    filters: readonly TopicFilter[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const failure = action === 'subscribe' ? subscribeFailure : unsubscribeFailure;
    for (let start = 0; start < filters.length; start += MAX_TOPICS_PER_COMMAND) {
      const topics = filters.slice(start, start + MAX_TOPICS_PER_COMMAND);
      const request = { id, action, messageId: messageIdsOf(this.#port).next(), topics };
      raise(failure(await this.#execute(SUBSCRIBE_UNSUBSCRIBE, request, signal)));
    }
  }

  /** After a request ran out of time the session is suspect: lmqtt.md 8. */
  async #execute<A, V>(
    command: Command<A, V>,
    args: A,
    signal: AbortSignal | undefined,
    options: Omit<ExecuteOptions, 'signal'> = {},
  ): Promise<V> {
    try {
      return await this.#requests.run(signal, (inner) =>
        this.#port.execute(command, args, { ...options, signal: inner }),
      );
    } catch (error) {
      if (error instanceof TimeoutError) void this.verify();
      throw error;
    }
  }

  async #close(signal: AbortSignal | undefined): Promise<void> {
    try {
      if (this.#requests.ended !== undefined) return;
      this.#stage = 'closing';
      await this.#requests.run(signal, (inner) =>
        clearAway(this.#port, { signal: inner }, () =>
          this.#receiver.drain(within(FETCH_LIMIT.close, inner)),
        ),
      );
    } finally {
      const { waiting } = this.#receiver;
      if (waiting > 0) this.#unread(`${waiting} announced messages were not fetched in time`);
      this.abandon(new ModemError('CLOSED', 'the session was closed'));
      this.#receiver.stop();
    }
  }

  /** Whose session this is counts once the port was away: it is asked for when nothing else is to be done. */
  async #identify(): Promise<void> {
    if (this.#identified) return;
    this.#identified = true;
    const asked = this.#requests.run(undefined, (signal) =>
      this.#port.execute(IMEI, null, { signal, priority: 'polling' }),
    );
    this.#imei = await asked.catch(() => undefined);
  }

  #unread(consequence: string): void {
    this.#handlers.degraded({ setting: 'cache', consequence });
  }

  #onStatus(status: SessionStatus): void {
    if (this.#stage === 'open' || this.#stage === 'connect') {
      const failure = openingFailure(this.#stage, status);
      if (failure !== undefined) this.abandon(failure);
    } else {
      const failure = statusFailure(status);
      if (failure !== undefined) this.#lose(failure);
    }
  }

  /** A session that is being closed has no losses any more. */
  #lose(reason: ModemError): void {
    if (!this.#connected) return;
    this.abandon(reason);
    this.#handlers.lost(reason);
  }
}

function within(ms: number, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(ms), signal]);
}
