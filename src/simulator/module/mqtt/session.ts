import type { Socket } from 'node:net';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { Qos } from '../../../dialects/dialect.js';

/** What CONNECT carries. */
export interface ConnectPacket {
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** s, 0 = never. */
  readonly keepalive: number;
  readonly clean: boolean;
  /** 3 is MQTT 3.1, 4 is MQTT 3.1.1. */
  readonly protocolVersion: 3 | 4;
  readonly will?: NonNullable<IClientOptions['will']> | undefined;
}

/** Called synchronously in the order of the packets; the three ends of CONNECT exclude each other. */
export interface BrokerSessionHandlers {
  accepted(): void;
  /** `<ret_code>` of CONNACK: MQTT 3.1.1 3.2.2.3. */
  refused(returnCode: number): void;
  /** No CONNACK came: the time ran out, the socket closed, or something else than MQTT was said. */
  failed(): void;
  message(topic: string, payload: Buffer): void;
  /** The socket closed after CONNACK: `broken` if this side closed it for what is not MQTT 3.1.1. */
  closed(end: 'lost' | 'broken'): void;
}

export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
}

/** DISCONNECT: MQTT 3.1.1 3.14. */
const DISCONNECT = Buffer.from([0xe0, 0x00]);

/** ms for CONNACK, SUBACK, UNSUBACK, PUBACK and PUBCOMP: lmqtt.md 3, 4, 5 [M]. */
const ANSWER_LIMIT = 30_000;

export type MqttClientClass = typeof MqttClient;

/** One MQTT session on an open socket, spoken by mqtt.js; it neither reconnects nor subscribes by itself. */
export class BrokerSession {
  readonly #socket: Socket;
  readonly #client: MqttClient;
  readonly #handlers: BrokerSessionHandlers;
  readonly #limits = new Set<NodeJS.Timeout>();
  #state: 'connecting' | 'accepted' | 'over' = 'connecting';
  #broken = false;

  /** `Client` is mqtt.js's class, which is loaded late. */
  constructor(
    Client: MqttClientClass,
    socket: Socket,
    options: ConnectPacket,
    handlers: BrokerSessionHandlers,
  ) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#client = new Client(() => socket, clientOptions(options));
    this.#client.on('connect', () => this.#onAccepted());
    this.#client.on('message', (topic, payload) => {
      if (this.#state === 'accepted') handlers.message(topic, payload);
    });
    this.#client.on('error', (error) => this.#onError(error));
    this.#client.on('close', () => this.#onClose());
    this.#client.connect();
  }

  /** Reports true when the message is sent, and acknowledged if its QoS is above 0; nothing once the session is over. */
  publish({ topic, payload, qos, retain }: OutgoingMessage, report: (done: boolean) => void): void {
    if (this.#state !== 'accepted') return;
    const settle = this.#limited(report);
    this.#client.publish(topic, payload, { qos, retain }, (error) => settle(!error));
  }

  subscribe(topics: readonly { topic: string; qos: Qos }[], report: (done: boolean) => void): void {
    if (this.#state !== 'accepted') return;
    const settle = this.#limited(report);
    let [left, done] = [0, true];
    for (const { filters, qos } of byQos(topics)) {
      left += 1;
      this.#client.subscribe(filters, { qos }, (error) => {
        left -= 1;
        done &&= !error || isRefusal(error);
        if (left === 0) settle(done);
      });
    }
  }

  unsubscribe(topics: readonly string[], report: (done: boolean) => void): void {
    if (this.#state !== 'accepted') return;
    const settle = this.#limited(report);
    this.#client.unsubscribe([...topics], (error) => settle(!error));
  }

  /** Sends DISCONNECT without waiting for acknowledgements; the handlers hear nothing more. */
  disconnect(sent: () => void): void {
    this.#end();
    this.#socket.end(DISCONNECT, sent);
  }

  /** Breaks the socket off; the handlers hear nothing more, and the broker publishes the will. */
  destroy(): void {
    this.#end();
    this.#socket.destroy();
  }

  #onAccepted(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'accepted';
    this.#handlers.accepted();
  }

  #onError(error: Error): void {
    const { code } = error as { code?: unknown };
    if (this.#state === 'connecting' && typeof code === 'number') {
      this.#end();
      this.#handlers.refused(code);
      return;
    }
    // Behind a packet that is none mqtt.js reads nothing more and leaves the socket open: MQTT 3.1.1 4.8 wants it closed.
    if (this.#state === 'over' || this.#socket.destroyed) return;
    this.#broken = true;
    this.#socket.destroy();
  }

  #onClose(): void {
    // Without this mqtt.js keeps its timers.
    this.#client.end(true);
    const state = this.#state;
    this.#end();
    if (state === 'connecting') this.#handlers.failed();
    else if (state === 'accepted') this.#handlers.closed(this.#broken ? 'broken' : 'lost');
  }

  #end(): void {
    this.#state = 'over';
    for (const limit of this.#limits) clearTimeout(limit);
    this.#limits.clear();
  }

  /** Reports once, false when the time runs out, and nothing once the session is over. */
  #limited(report: (done: boolean) => void): (done: boolean) => void {
    const settle = (done: boolean): void => {
      if (!this.#limits.delete(limit)) return;
      clearTimeout(limit);
      // mqtt.js fails what is pending when the socket closes, before it tells that it closed.
      if (!this.#socket.destroyed) report(done);
    };
    const limit = setTimeout(() => settle(false), ANSWER_LIMIT);
    this.#limits.add(limit);
    return settle;
  }
}

function clientOptions(options: ConnectPacket): IClientOptions {
  const { clientId, username, password, keepalive, clean, protocolVersion, will } = options;
  return {
    clientId,
    keepalive,
    clean,
    protocolVersion,
    protocolId: protocolVersion === 3 ? 'MQIsdp' : 'MQTT',
    connectTimeout: ANSWER_LIMIT,
    reconnectPeriod: 0,
    resubscribe: false,
    manualConnect: true,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(will === undefined ? {} : { will }),
  };
}

/**
 * The filters in runs of one QoS, each of which is one SUBSCRIBE: mqtt.js takes several QoS in one packet as a map only,
 * in which a filter named `resubscribe` is an option and digits come first.
 */
function byQos(topics: readonly { topic: string; qos: Qos }[]): { filters: string[]; qos: Qos }[] {
  const runs: { filters: string[]; qos: Qos }[] = [];
  for (const { topic, qos } of topics) {
    const last = runs.at(-1);
    if (last?.qos === qos) last.filters.push(topic);
    else runs.push({ filters: [topic], qos });
  }
  return runs;
}

/** SUBACK 0x80 may be reported as success: lmqtt.md 4 [A]. */
function isRefusal(error: object): boolean {
  return 'packet' in error;
}
