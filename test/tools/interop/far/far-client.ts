import type { Qos } from '../../../../src/dialects/dialect.js';
import type { Ability, Door, Endpoint } from '../brokers/broker.js';
import type { Inbox } from '../harness/inbox.js';

export interface FarMessage {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
}

export interface FarFilter {
  readonly topic: string;
  readonly qos: Qos;
}

export interface FarOptions {
  readonly clientId?: string;
  /** Default true. */
  readonly clean?: boolean;
  readonly will?: FarMessage;
  /** 3 is MQTT 3.1, 4 is MQTT 3.1.1 (default). */
  readonly protocolVersion?: 3 | 4;
}

/** A client on the far side of the broker. */
export interface FarClient {
  readonly inbox: Inbox<FarMessage>;
  /** Resolves when the broker has acknowledged it; once per client, with one QoS for all filters. */
  subscribe(filters: readonly FarFilter[]): Promise<void>;
  /** In order; all with the same topic, QoS and retain flag. Resolves when they are sent, and acknowledged above QoS 0. */
  publish(messages: readonly FarMessage[]): Promise<void>;
  /** Leaves with DISCONNECT. */
  end(): Promise<void>;
  /** Vanishes without DISCONNECT. */
  kill(): Promise<void>;
}

export const FAR_NAMES = [
  'mqttjs',
  'mqttjs-tls',
  'mqttjs-ws',
  'paho-js',
  'mosquitto-clients',
  'paho-python',
] as const;
export type FarName = (typeof FAR_NAMES)[number];

export interface FarDriver {
  readonly name: FarName;
  readonly title: string;
  /** The door of the broker that it goes through. */
  readonly door: Door;
  /** What of QoS 2 it does not do without, where others are content with less. */
  readonly insistsOn?: Ability;
  /** Why it cannot be used here, or undefined. */
  missing(): Promise<string | undefined>;
  open(endpoint: Endpoint, options: FarOptions): Promise<FarClient>;
}
