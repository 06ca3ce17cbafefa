import type { Command } from '../../at/command.js';
import type { CommandPort, Priority } from '../../at/command-port.js';
import { CommandError, MqttError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type {
  DialectSession,
  Publication,
  RequestOptions,
  SessionHandlers,
  SessionOptions,
  TopicFilter,
} from '../dialect.js';
import { CLOSE } from './commands/close.js';
import { CONFIG } from './commands/config.js';
import { CONNECT } from './commands/connect.js';
import { CONNECT_STATE } from './commands/connect-state.js';
import { DISCONNECT } from './commands/disconnect.js';
import { OPEN } from './commands/open.js';
import { PUBLISH } from './commands/publish.js';
import { SUBSCRIBE_UNSUBSCRIBE, type SubscribeRequest } from './commands/subscribe.js';
import {
  connectFailure,
  openFailure,
  publishFailure,
  subscribeFailure,
  unsubscribeFailure,
} from './failures.js';
import { CONNECTION_ID as id, MAX_TOPICS_PER_COMMAND } from './limits.js';
import { MessageIds } from './message-ids.js';
import { choosePayloadForm } from './payload-form.js';
import { PROFILES, type Profile, type ProfileName } from './profiles.js';
import { negotiateReceiveMode } from './receive-mode.js';
import { Receiver } from './receiver.js';
import { SessionRequests } from './requests.js';
import { plannedSettings } from './session-settings.js';

/** State of LMQTTCONN? in which messages flow: dialect section 3 [M]. */
const CONNECTED = 3;

/** One session of the module's MQTT stack: dialect sections 2 to 6. */
export class LmqttSession implements DialectSession {
  readonly #port: CommandPort;
  readonly #options: SessionOptions;
  readonly #profile: Profile;
  readonly #handlers: SessionHandlers;
  readonly #requests = new SessionRequests();
  readonly #receiver: Receiver;
  readonly #ids = new MessageIds();
  #connected = false;
  #verifying: Promise<boolean> | undefined;

  constructor(port: CommandPort, options: SessionOptions, handlers: SessionHandlers) {
    this.#port = port;
    this.#options = options;
    this.#profile = PROFILES[options.profile as ProfileName];
    this.#handlers = handlers;
    this.#receiver = new Receiver(port, {
      message: (message) => handlers.message(message),
      lost: (reason) => this.#onLost(reason),
      unread: (reason) =>
        handlers.degraded({ setting: 'cache', consequence: `a message was lost: ${reason.message}` }),
    });
  }

  async open({ signal }: RequestOptions = {}): Promise<void> {
    const { broker, clientId, username, password } = this.#options;
    try {
      await this.#clearAway(signal);
      await this.#configure(signal);
      const opened = await this.#execute(OPEN, { id, host: broker.host, port: broker.port }, signal);
      raise(openFailure(opened));
      const credentials = {
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      };
      raise(connectFailure(await this.#execute(CONNECT, { id, clientId, ...credentials }, signal)));
      this.#connected = true;
    } catch (error) {
      this.abandon(error as ModemError);
      throw error;
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
    const anonymous = publication.qos === 0 && this.#profile.zeroMessageIdForQos0;
    const messageId = anonymous ? 0 : this.#ids.next();
    raise(
      publishFailure(
        await this.#execute(PUBLISH, { id, messageId, form, ...publication }, signal, onAccepted),
      ),
    );
  }

  verify(): Promise<boolean> {
    this.#verifying ??= this.#verify().finally(() => {
      this.#verifying = undefined;
    });
    return this.#verifying;
  }

  async close({ signal }: RequestOptions = {}): Promise<void> {
    if (this.#requests.ended !== undefined) return;
    this.#connected = false;
    try {
      await this.#clearAway(signal);
    } finally {
      this.abandon(new ModemError('CLOSED', 'the session was closed'));
    }
  }

  abandon(reason: ModemError): void {
    this.#connected = false;
    this.#receiver.stop();
    this.#requests.end(reason);
  }

  /** The answer tells the state; no answer, or any other state than connected, is a loss (dialect section 8). */
  async #verify(): Promise<boolean> {
    if (!this.#connected) return false;
    try {
      const { state } = await this.#port.execute(CONNECT_STATE, null, { priority: 'recovery' });
      if (state === CONNECTED) return this.#connected;
      this.#onLost(new MqttError('SESSION_LOST', `session lost: LMQTTCONN? answers state ${state}`));
    } catch (error) {
      this.#onLost(
        new ModemError('SESSION_LOST', 'session lost: its state cannot be read', { cause: error }),
      );
    }
    return false;
  }

  /** What an earlier session left, of this process or of one before it. */
  async #clearAway(signal: AbortSignal | undefined): Promise<void> {
    await tolerate(this.#execute(DISCONNECT, { id }, signal, undefined, 'recovery'));
    await tolerate(this.#execute(CLOSE, { id }, signal, undefined, 'recovery'));
  }

  async #configure(signal: AbortSignal | undefined): Promise<void> {
    for (const { setting, consequence } of plannedSettings(this.#options, this.#profile)) {
      try {
        await this.#execute(CONFIG, setting, signal);
      } catch (error) {
        if (consequence === undefined || !(error instanceof CommandError)) throw error;
        this.#handlers.degraded({ setting: setting.key, consequence });
      }
    }
    const urc = await this.#requests.run(signal, (inner) =>
      negotiateReceiveMode(this.#port, { signal: inner }, (degradation) =>
        this.#handlers.degraded(degradation),
      ),
    );
    // Stored messages can come in the same read as the result of LMQTTCONN: dialect section 3 [T].
    this.#receiver.start(urc);
  }

  async #requestTopics(
    action: SubscribeRequest['action'],
    filters: readonly TopicFilter[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const failure = action === 'subscribe' ? subscribeFailure : unsubscribeFailure;
    for (let start = 0; start < filters.length; start += MAX_TOPICS_PER_COMMAND) {
      const topics = filters.slice(start, start + MAX_TOPICS_PER_COMMAND);
      const request = { id, action, messageId: this.#ids.next(), topics };
      raise(failure(await this.#execute(SUBSCRIBE_UNSUBSCRIBE, request, signal)));
    }
  }

  async #execute<A, V>(
    command: Command<A, V>,
    args: A,
    signal: AbortSignal | undefined,
    onAccepted?: () => void,
    priority: Priority = 'user',
  ): Promise<V> {
    try {
      return await this.#requests.run(signal, (inner) =>
        this.#port.execute(command, args, { signal: inner, priority, ...(onAccepted && { onAccepted }) }),
      );
    } catch (error) {
      if (error instanceof TimeoutError && this.#connected) void this.verify();
      throw error;
    }
  }

  #onLost(reason: ModemError): void {
    const told = this.#connected;
    this.abandon(reason);
    if (told) this.#handlers.lost(reason);
  }
}

function raise(failure: MqttError | undefined): void {
  if (failure !== undefined) throw failure;
}

/** DISC and CLOSE answer ERROR when nothing is open [C]; what they report otherwise changes nothing either. */
async function tolerate(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    const harmless =
      error instanceof CommandError || (error instanceof TimeoutError && error.stage === 'result');
    if (!harmless) throw error;
  }
}
