import type { Socket } from 'node:net';
import type { BrokerRoute, RouteFailure } from './broker-route.js';
import { BrokerSession, type ConnectPacket, type MqttClientClass } from './session.js';

/**
 * Why a session ended that nobody ended here: the connection broke from the other side, what came was not MQTT, or the
 * module lost the network.
 */
export type Loss = 'server' | 'protocol' | 'network';

export interface StackHandlers {
  /** CONNACK accepted the session. */
  connected(clientId: string): void;
  /** The session is over, whoever ended it. */
  disconnected(): void;
  message(topic: string, payload: Buffer): void;
  /** The connection was lost. */
  lost(loss: Loss): void;
}

/** Outcome of CONNECT: the code of CONNACK, or that none came. */
export type ConnectOutcome = { readonly returnCode: number } | 'failed';

/** `down`: the connection is gone, but nobody asked to close it; the id stays in use until then [A]. */
export type StackState = 'closed' | 'opening' | 'open' | 'connecting' | 'connected' | 'down';

/** ms that opening may take: lmqtt.md 3 [M]. */
const OPEN_LIMIT = 160_000;

/** `superseded`: it was closed meanwhile. */
export type OpenFailure = RouteFailure | 'in-use' | 'superseded';

/** A server that says what is not MQTT: the module closes the connection. */
const LOSSES = { lost: 'server', broken: 'protocol' } as const;

interface Opened {
  readonly socket: Socket;
  readonly Client: MqttClientClass;
}

/** The MQTT stack of a module: one connection, with a real broker at its other end. */
export class MqttStack {
  readonly #route: BrokerRoute;
  readonly #handlers: StackHandlers;
  #state: StackState = 'closed';
  #opening: AbortController | undefined;
  #opened: Opened | undefined;
  #session: BrokerSession | undefined;

  constructor(route: BrokerRoute, handlers: StackHandlers) {
    this.#route = route;
    this.#handlers = handlers;
  }

  get state(): StackState {
    return this.#state;
  }

  /** The session while it is connected. */
  get session(): BrokerSession | undefined {
    return this.#state === 'connected' ? this.#session : undefined;
  }

  /** Opens TCP or TLS to the broker. Resolves with undefined when it is open. */
  async open(host: string, port: number, tls: boolean): Promise<OpenFailure | undefined> {
    if (this.#state !== 'closed') return 'in-use';
    this.#state = 'opening';
    const opening = new AbortController();
    this.#opening = opening;
    const limit = setTimeout(() => opening.abort(), OPEN_LIMIT);
    const outcome = await this.#route.open(host, port, tls, opening.signal);
    clearTimeout(limit);
    // mqtt.js is heavy, and needed from here on only.
    const { MqttClient: Client } = await import('mqtt');
    if (this.#opening === opening) return this.#onOpened(outcome, Client);
    if ('socket' in outcome) outcome.socket.destroy();
    return 'superseded';
  }

  #onOpened(
    outcome: Awaited<ReturnType<BrokerRoute['open']>>,
    Client: MqttClientClass,
  ): OpenFailure | undefined {
    this.#opening = undefined;
    this.#state = 'closed';
    if ('failure' in outcome) return outcome.failure;
    const { socket } = outcome;
    if (socket.destroyed) return 'network';
    this.#state = 'open';
    this.#opened = { socket, Client };
    socket.once('close', () => {
      // From CONNECT on the session tells of it.
      if (this.#opened?.socket === socket && this.#session === undefined) {
        this.#lose('server');
      }
    });
    return undefined;
  }

  /** Sends CONNECT on the open connection; reports nothing if it is closed meanwhile by this side. */
  connect(options: ConnectPacket, report: (outcome: ConnectOutcome) => void): void {
    if (this.#opened === undefined || this.#state !== 'open') return report('failed');
    this.#state = 'connecting';
    const fail = (outcome: ConnectOutcome): void => {
      this.#state = 'down';
      report(outcome);
    };
    const { Client, socket } = this.#opened;
    this.#session = new BrokerSession(Client, socket, options, {
      accepted: () => {
        this.#state = 'connected';
        this.#handlers.connected(options.clientId);
        report({ returnCode: 0 });
      },
      refused: (returnCode) => fail({ returnCode }),
      failed: () => fail('failed'),
      message: (topic, payload) => this.#handlers.message(topic, payload),
      closed: (end) => this.#lose(LOSSES[end]),
    });
  }

  /** Sends DISCONNECT; the connection stays in use until it is closed. */
  disconnect(sent: () => void): void {
    const session = this.session;
    this.#leave('down');
    if (session === undefined) sent();
    else session.disconnect(sent);
  }

  /** Closes the connection, without DISCONNECT if a session is on it [A]. */
  close(): void {
    const opened = this.#opened;
    const session = this.#session;
    this.#opening?.abort();
    this.#opening = undefined;
    this.#opened = undefined;
    this.#session = undefined;
    this.#leave('closed');
    session?.destroy();
    opened?.socket.destroy();
  }

  /** Breaks the connection off, as a server or a network does. */
  drop(loss: Loss): void {
    this.#opening?.abort();
    const session = this.session;
    session?.destroy();
    if (session !== undefined) this.#lose(loss);
    // Before CONNACK its close is told as if the server had closed it.
    this.#opened?.socket.destroy();
  }

  /** Breaks the connection off without a word: the session looks alive until it is closed. */
  freeze(): void {
    this.session?.destroy();
  }

  #lose(loss: Loss): void {
    this.#leave('down');
    this.#handlers.lost(loss);
  }

  #leave(state: 'down' | 'closed'): void {
    const wasConnected = this.#state === 'connected';
    this.#state = state;
    if (wasConnected) this.#handlers.disconnected();
  }
}
