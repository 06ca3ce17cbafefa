import { EventEmitter } from 'node:events';
import type { Degradation, DialectSession, TopicFilter } from '../dialects/dialect.js';
import { checkOptions } from '../errors/check-options.js';
import { abortedError, ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';
import { onAbort } from '../util/abort.js';
import { settledWithin } from '../util/settled-within.js';
import {
  type ClientEvents,
  type ClientStats,
  END_NAMES,
  type EndOptions,
  type Packet,
  PUBLISH_NAMES,
  type PublishOptions,
  SUBSCRIBE_NAMES,
  type SubscribeOptions,
  WAIT_NAMES,
} from './client-types.js';
import { delivery, type WaitOptions } from './delivery.js';
import { Held, Inbox, type MessageStream } from './inbox.js';
import type { ClientSettings } from './options.js';
import type { Outbox } from './outbox/outbox.js';
import { PublishWindow } from './outbox/publish-window.js';
import { type Publishing, refused } from './outbox/publishing.js';
import { lossKind } from './recovery/loss.js';
import { relayModem } from './relay.js';
import { checkedFilters, checkedPublication, checkRequestOptions } from './request-checks.js';
import { SessionKeeper } from './session-keeper.js';
import { parseTopics, type SubscribeTopics, Subscriptions } from './subscriptions.js';

/** An MQTT client on the stack inside a module. Made by `connect()`. */
export class Client extends EventEmitter<ClientEvents> {
  /** The module underneath: raw commands, identity, signal. */
  readonly modem: Modem;
  readonly #settings: ClientSettings;
  readonly #ownsModem: boolean;
  readonly #subscriptions = new Subscriptions();
  readonly #outbox: Outbox;
  readonly #window: PublishWindow;
  readonly #keeper: SessionKeeper;
  readonly #inbox = new Inbox((packet) => this.emit('message', packet.topic, packet.payload, packet));
  readonly #forget: () => void;
  /** What the first connect brings nobody can hear before `connect()` has returned. */
  readonly #degradations = new Held<Degradation>((degradation) => this.emit('degraded', degradation));
  readonly #connects = new Held<void>(() => this.emit('connect'));
  readonly #undelivered = new Held<ClientEvents['undelivered']>((one) => this.emit('undelivered', ...one));
  #counts = { reconnects: 0 };
  #ending: Promise<void> | undefined;

  /** Use `connect()`. */
  constructor(modem: Modem, settings: ClientSettings, outbox: Outbox, ownsModem: boolean) {
    super();
    this.modem = modem;
    this.#settings = settings;
    this.#ownsModem = ownsModem;
    this.#outbox = outbox;
    this.#window = new PublishWindow(outbox, settings.maxInflight);
    outbox.listen({
      changed: () => this.#window.pump(),
      delivered: (message) => {
        // One with QoS 0 has left the module, and may have gone no further.
        if (message.qos > 0) this.#keeper.progress();
        this.emit('delivered', message);
      },
      undelivered: (message, error) => this.#undelivered.push([message, error]),
      trouble: (error) => this.#report(error),
    });
    this.#keeper = new SessionKeeper(modem, settings, this.#subscriptions, {
      connected: (session) => {
        this.#window.attach(session);
        this.#connects.push();
      },
      disconnected: (reason) => {
        const clue = this.#window.lost(reason);
        this.#connects.open();
        this.emit('offline');
        this.emit('close');
        return clue;
      },
      recovering: (step) => this.emit('recovery', step),
      reconnecting: (attempt) => {
        this.#counts.reconnects += 1;
        this.emit('reconnect', attempt);
      },
      failed: (error) => this.#report(error),
      gaveUp: (error) => void this.#giveUp(error),
      message: (message) => this.#inbox.push(message),
      degraded: (degradation) => this.#degradations.push(degradation),
    });
    this.#forget = relayModem(modem, this);
    (this as EventEmitter).on('newListener', (event) => {
      if (event === 'message') queueMicrotask(() => this.#inbox.open());
    });
  }

  /** Whether a session is up. */
  get connected(): boolean {
    return this.#keeper.session !== undefined;
  }

  /** Whether the client is trying to get a session back. */
  get reconnecting(): boolean {
    return this.#keeper.recovering;
  }

  /** What was counted since `connect()`; plain values, fit for JSON. */
  stats(): ClientStats {
    return {
      ...this.#counts,
      ...this.#outbox.stats,
      received: this.#inbox.received,
      dropped: this.#inbox.dropped,
      ...this.#window.stats,
      publishRoundTrip: this.#window.roundTrip.summary(),
      windowSize: this.#window.size,
      outbox: this.#outbox.size,
    };
  }

  /** The first connect; called once, by `connect()`. */
  async start(signal?: AbortSignal): Promise<void> {
    try {
      await this.#keeper.start(signal);
    } catch (error) {
      await this.#shutDown(error as ModemError);
      throw error;
    }
    setImmediate(() => this.#hear());
  }

  /** The first attempt begins, and others follow until there is a session; called once, by `connect()`. */
  begin(signal?: AbortSignal): void {
    const forget = onAbort(signal, () => void this.end({ force: true }));
    this.once('connect', forget).once('end', forget);
    setImmediate(() => {
      this.#hear();
      if (this.#ending === undefined) this.#keeper.begin();
    });
  }

  /** Whoever wants to has had the time to listen. */
  #hear(): void {
    this.#connects.open();
    this.#degradations.open();
    this.#undelivered.open();
  }

  /**
   * Resolves when the message is sent, and acknowledged by the broker if its QoS is above 0; `accepted` of the promise
   * when it is in the outbox. While there is no session it waits there; after a loss a message with QoS 1 or 2 that was
   * under way goes out again (at least once). Rejects with `INVALID_ARGUMENT`, `PUBLISH_FAILED`, `PUBLISH_REFUSED`,
   * `COMMAND_FAILED`, `QUEUE_FULL`, `EXPIRED`, `OUTBOX_UNUSABLE`, `NOT_CONNECTED`, `TIMEOUT`, `ABORTED`, `CLOSED`, and
   * with QoS 0 why the session ended (`SESSION_LOST`, `REBOOTED`, `PORT_CLOSED`, …).
   */
  publish(topic: string, payload: string | Uint8Array, options: PublishOptions = {}): Publishing {
    try {
      checkRequestOptions(options, PUBLISH_NAMES, '{ qos: 1 }');
      const { qos: _qos, retain: _retain, ...rest } = options;
      const publication = checkedPublication(this.#settings, topic, payload, options);
      this.#refuseIfOver();
      const offline = !this.connected;
      if (offline && publication.qos === 0 && !this.#settings.queueQoSZero) {
        throw new ModemError('NOT_CONNECTED', 'there is no session, and queueQoSZero is off');
      }
      return this.#outbox.publish(publication, { ...rest, offline });
    } catch (error) {
      return refused(error);
    }
  }

  /** Resolves when the outbox is empty: each message is delivered, or told by `undelivered`. */
  async drained(options: WaitOptions = {}): Promise<void> {
    checkRequestOptions(options, WAIT_NAMES, '{ timeout: 60_000 }');
    this.#refuseIfOver();
    await this.#outbox.drained(options);
  }

  /**
   * Resolves at the result of SUBSCRIBE; waits for a session if there is none, at most `connectTimeout`. The granted
   * QoS is not told by the module, and a refusal by the broker may look like a success [A].
   */
  async subscribe(topics: SubscribeTopics, options: SubscribeOptions = {}): Promise<void> {
    checkRequestOptions(options, SUBSCRIBE_NAMES, '{ qos: 1 }');
    const filters = checkedFilters(this.#settings, topics, options.qos);
    await this.#request('subscribe', options, async (session, signal) => {
      await session.subscribe(filters, { signal }).catch(throwSubscribeFailure(filters));
      this.#subscriptions.add(filters);
    });
  }

  /** Resolves at the result of UNSUBSCRIBE. */
  async unsubscribe(topics: string | readonly string[], options: WaitOptions = {}): Promise<void> {
    checkRequestOptions(options, WAIT_NAMES, '{ timeout: 60_000 }');
    const filters = checkedFilters(this.#settings, parseTopics(topics));
    const names = filters.map(({ topic }) => topic);
    await this.#request('unsubscribe', options, async (session, signal) => {
      await session.unsubscribe(names, { signal });
      this.#subscriptions.remove(names);
    });
  }

  /** Messages as an async iterator, until `end()` or the end of the loop; at most `limit` wait, the oldest give way. */
  messages(limit = 1000): MessageStream<Packet> {
    return this.#inbox.stream(limit);
  }

  /**
   * Waits for messages under way, ends the session (DISCONNECT) and closes the port. What could not be sent rejects
   * with `CLOSED`. Rejects for options that cannot be, and ends nothing then; otherwise never. May be called again.
   */
  end(options: EndOptions = {}): Promise<void> {
    try {
      checkOptions(options, END_NAMES, { example: '{ force: true }' });
    } catch (error) {
      return Promise.reject(error);
    }
    this.#ending ??= this.#end(options);
    return this.#ending;
  }

  async #end({ force = false, timeout = 10_000 }: EndOptions): Promise<void> {
    const { session } = this.#keeper;
    if (session !== undefined && !force) {
      await settledWithin(Promise.all([this.#window.idle(), session.drain()]), timeout);
    }
    const reason = new ModemError('CLOSED', 'the client has ended');
    this.#window.detach();
    this.#outbox.close(reason);
    const wasConnected = this.connected;
    await this.#keeper.stop();
    if (wasConnected) this.emit('close');
    await this.#shutDown(reason);
  }

  /** Runs a request on the session, or on the next one if there is none. */
  async #request(
    what: string,
    { timeout = this.#settings.connectTimeout, signal }: WaitOptions,
    run: (session: DialectSession, signal: AbortSignal | undefined) => Promise<void>,
  ): Promise<void> {
    this.#refuseIfOver();
    if (signal?.aborted) throw abortedError(signal, what);
    const request = delivery(what, { timeout, signal }, () => {});
    this.#keeper
      .whenConnected(request.signal)
      .then((session) => this.#window.beside(() => run(session, request.signal)))
      .then(request.resolve, request.reject);
    await request.promise;
  }

  #refuseIfOver(): void {
    const { over } = this.#keeper;
    if (over !== undefined) throw new ModemError(over.code, over.message, { cause: over });
    if (this.#ending !== undefined) throw new ModemError('CLOSED', 'the client has ended');
  }

  /** An `error` event without a listener would end the process. */
  #report(error: ModemError): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  }

  async #giveUp(error: ModemError): Promise<void> {
    this.#report(error);
    this.#ending ??= this.#shutDown(error);
    await this.#ending;
  }

  async #shutDown(reason: ModemError): Promise<void> {
    this.#outbox.close(reason);
    this.#inbox.end();
    this.#forget();
    if (this.#ownsModem) await this.modem.close();
    this.emit('end');
  }
}

/** A broker that does not allow a filter may close the connection: MQTT 3.1 has no other refusal, and some use that one. */
function throwSubscribeFailure(filters: readonly TopicFilter[]): (error: ModemError) => never {
  return (cause) => {
    if (lossKind(cause) !== 'closed') throw cause;
    const topics = filters.map(({ topic }) => JSON.stringify(topic)).join(', ');
    const message = `${cause.message} while subscribing to ${topics}: perhaps the broker does not allow that for this client`;
    throw new ModemError(cause.code, message, { cause });
  };
}
