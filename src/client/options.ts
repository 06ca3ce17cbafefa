import { checkInteger, checkOneOf } from '../at/checks.js';
import type { Dialect, Qos, SessionOptions, Will } from '../dialects/dialect.js';
import { dialectNamed } from '../dialects/dialects.js';
import { ArgumentError } from '../errors/kinds.js';
import type { OpenModemOptions } from '../modem/open.js';
import { parseBrokerUrl } from './broker-url.js';
import { type OutboxOptions, type OutboxSettings, outboxSettings } from './outbox/options.js';
import { type RecoveryOptions, type RecoverySettings, recoverySettings } from './recovery/options.js';
import { type ProbeOptions, type ProbeSettings, probeSettings } from './recovery/probe-options.js';

export interface WillOptions {
  readonly topic: string;
  /** Text; the module takes it between quotes, so control characters and double quotes cannot be carried. */
  readonly payload: string | Buffer;
  /** Default 0. */
  readonly qos?: Qos;
  /** Default false. */
  readonly retain?: boolean;
}

/** Names and meanings as in MQTT.js where they are the same. */
export interface ConnectOptions extends OpenModemOptions {
  /**
   * `mqtt://host[:port]` or `mqtts://host[:port]`, as the module sees it. `mqtts://` encrypts (`sslenable`, TLS context
   * 0), but whether the module verifies the certificate of the broker, and against what, is not known [A]: do not rely
   * on it to tell the broker from an impostor.
   */
  readonly broker: string;
  /** 1–256 bytes, default `atmqtt_` and 8 random characters. */
  readonly clientId?: string;
  /** 1–256 bytes; also taken from the broker URL. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Seconds, 0–3600, 0 = never, default 120 as the module's own. */
  readonly keepalive?: number;
  /** Default true: the broker forgets the session at its end. */
  readonly clean?: boolean;
  readonly will?: WillOptions;
  /** 4 is MQTT 3.1.1 (default), 3 is MQTT 3.1. */
  readonly protocolVersion?: 3 | 4;
  /** The AT command set, default `lmqtt`. */
  readonly dialect?: 'lmqtt';
  /** The module within the dialect: `nt26` (default) or `nt35e`. */
  readonly profile?: string;
  /** Let the module keep downlinks until they are fetched one by one (`cache` 1), default false. */
  readonly buffered?: boolean;
  /** Publishes that may wait for their result at the same time, 1–64, default 8. */
  readonly maxInflight?: number;
  /** First delay before reconnecting in ms, default 1000; it doubles with jitter. 0: never reconnect. */
  readonly reconnectPeriod?: number;
  /** Largest delay before reconnecting in ms, default 60 000. */
  readonly maxReconnectPeriod?: number;
  /** Attempts after one loss before the client gives up, default unlimited. */
  readonly maxReconnectAttempts?: number;
  /** Limit in ms for one attempt to open and connect, default 240 000: opening alone may take 160 s. */
  readonly connectTimeout?: number;
  /** Limit in ms for the module to register with a network before a connect, default 60 000. */
  readonly registrationTimeout?: number;
  /** Subscribe again after a reconnect, default true. */
  readonly resubscribe?: boolean;
  /** Keep QoS 0 messages while offline, default true. */
  readonly queueQoSZero?: boolean;
  /** What keeps messages until they are delivered: memory, or a file that survives crashes. */
  readonly outbox?: OutboxOptions;
  /** How far recovery may go, and how patient it is. */
  readonly recovery?: RecoveryOptions;
  /** A message to itself now and then, to notice a session that died in silence; default none. */
  readonly probe?: ProbeOptions;
}

/** The options with everything checked and filled in. */
export interface ClientSettings {
  readonly dialect: Dialect;
  readonly session: SessionOptions;
  readonly maxInflight: number;
  readonly reconnectPeriod: number;
  readonly maxReconnectPeriod: number;
  readonly maxReconnectAttempts: number;
  readonly connectTimeout: number;
  readonly registrationTimeout: number;
  readonly resubscribe: boolean;
  readonly queueQoSZero: boolean;
  readonly outbox: OutboxSettings;
  readonly recovery: RecoverySettings;
  readonly probe: ProbeSettings | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/** Checks all options before anything is opened; throws an `ArgumentError` that names the field. */
export function parseOptions(options: ConnectOptions): ClientSettings {
  const dialect = dialectNamed(options.dialect ?? 'lmqtt');
  const session = sessionOptions(options);
  dialect.checkSession(session);
  return {
    dialect,
    session,
    maxInflight: checkInteger('maxInflight', options.maxInflight ?? 8, 1, 64),
    reconnectPeriod: checkInteger('reconnectPeriod', options.reconnectPeriod ?? 1000, 0, DAY),
    maxReconnectPeriod: checkInteger('maxReconnectPeriod', options.maxReconnectPeriod ?? 60_000, 1, DAY),
    maxReconnectAttempts: attempts(options.maxReconnectAttempts),
    connectTimeout: checkInteger('connectTimeout', options.connectTimeout ?? 240_000, 1, DAY),
    registrationTimeout: checkInteger('registrationTimeout', options.registrationTimeout ?? 60_000, 0, DAY),
    resubscribe: checkOneOf('resubscribe', options.resubscribe ?? true, [true, false]),
    queueQoSZero: checkOneOf('queueQoSZero', options.queueQoSZero ?? true, [true, false]),
    outbox: outboxSettings(options.outbox),
    recovery: recoverySettings(options.recovery),
    probe: probeSettings(options.probe, dialect, session),
  };
}

function attempts(value: number | undefined): number {
  if (value === undefined || value === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return checkInteger('maxReconnectAttempts', value, 0, Number.MAX_SAFE_INTEGER);
}

function sessionOptions(options: ConnectOptions): SessionOptions {
  const { address, username, password } = parseBrokerUrl(options.broker);
  return {
    broker: address,
    clientId: options.clientId ?? `atmqtt_${Math.random().toString(36).slice(2, 10).padEnd(8, '0')}`,
    username: options.username ?? username,
    password: options.password ?? password,
    keepalive: options.keepalive ?? 120,
    clean: checkOneOf('clean', options.clean ?? true, [true, false]),
    will: options.will ? willOf(options.will) : undefined,
    protocolVersion: checkOneOf('protocolVersion', options.protocolVersion ?? 4, [3, 4]),
    profile: options.profile ?? 'nt26',
    buffered: checkOneOf('buffered', options.buffered ?? false, [true, false]),
  };
}

function willOf({ topic, payload, qos = 0, retain = false }: WillOptions): Will {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new ArgumentError('will.payload', String(payload), 'a string or a Buffer');
  }
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');
  if (!Buffer.from(text).equals(Buffer.from(payload))) {
    throw new ArgumentError('will.payload', 'a payload that is no UTF-8', 'text');
  }
  return { topic, payload: text, qos, retain };
}
