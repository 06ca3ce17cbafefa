import type { Cleanup } from '../harness/cleanup.js';

export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** For those who bring no user name: a broker that lets nobody in without one has it. */
  readonly login?: Login;
}

/**
 * `plain`, `tls` (a certificate of our own CA), `ws`, and `mutual` (TLS that asks for a certificate of the client) are
 * doors to one broker. `guarded` is another one, which knows accounts, has rules for topics, and grants QoS 1 at most.
 */
export type Door = 'plain' | 'tls' | 'mutual' | 'ws' | 'guarded';

/**
 * What not every broker can do. `qos2`: acknowledge QoS 2; `pubrec`: with PUBREC; `deliversQos2`: deliver it as such;
 * `retainFlag`: mark what was kept; `keptOrder`, `keptQos2`: keep the order, or QoS 2, for who is away; `sys`: tell of
 * itself below `$SYS`; `dollarTopics`: deliver other topics that begin with `$`; `mqtt31`: speak MQTT 3.1.
 */
export type Ability =
  | 'qos2'
  | 'pubrec'
  | 'deliversQos2'
  | 'retainFlag'
  | 'keptOrder'
  | 'keptQos2'
  | 'sys'
  | 'dollarTopics'
  | 'mqtt31';

export interface Broker {
  readonly name: BrokerName;
  /** With its version, for the table. */
  readonly title: string;
  /** Doors that are open; a text says why one is missing. */
  readonly doors: Readonly<Record<Door, Endpoint | string>>;
  /** What it cannot do, for the table: as its documentation says, or as an ordinary client sees without the module. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
}

export const BROKERS = ['aedes', 'mosquitto', 'mosca', 'rabbitmq', 'ejabberd', 'external'] as const;
export type BrokerName = (typeof BROKERS)[number];

/** Starts a broker; what must be ended goes into `cleanup`. Throws `NotRun` if it is not there. */
export type StartBroker = (cleanup: Cleanup) => Promise<Broker>;

/** The account of the guarded door: it may use topics below `open/`, and no others. */
export const ACCOUNT = { username: 'meter', password: 'pass-of-the-meter' } as const;
/** The account that may do everything there. */
export const ADMIN = { username: 'admin', password: 'pass-of-the-admin' } as const;

export const ALLOWED = 'open';
export const REFUSED = 'closed';
