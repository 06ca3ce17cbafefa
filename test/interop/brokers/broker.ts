import type { Cleanup } from '../harness/cleanup.js';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/**
 * `plain`, `tls` (a certificate of our own CA), `ws`, and `mutual` (TLS that asks for a certificate of the client) are
 * doors to one broker. `guarded` is another one, which knows accounts, has rules for topics, and grants QoS 1 at most.
 */
export type Door = 'plain' | 'tls' | 'mutual' | 'ws' | 'guarded';

/** What not every broker can do. */
export type Ability = 'qos2' | 'retainFlag' | 'keptOrder' | 'keptQos2';

export interface Broker {
  readonly name: BrokerName;
  /** With its version, for the table. */
  readonly title: string;
  /** Doors that are open; a text says why one is missing. */
  readonly doors: Readonly<Record<Door, Endpoint | string>>;
  /** What it cannot do, as its documentation says, and where. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
}

export const BROKERS = ['aedes', 'mosquitto', 'mosca', 'external'] as const;
export type BrokerName = (typeof BROKERS)[number];

/** Starts a broker; what must be ended goes into `cleanup`. Throws `NotRun` if it is not there. */
export type StartBroker = (cleanup: Cleanup) => Promise<Broker>;

/** The account of the guarded door: it may use topics below `open/`, and no others. */
export const ACCOUNT = { username: 'meter', password: 'pass-of-the-meter' } as const;
/** The account that may do everything there. */
export const ADMIN = { username: 'admin', password: 'pass-of-the-admin' } as const;

export const ALLOWED = 'open';
export const REFUSED = 'closed';
