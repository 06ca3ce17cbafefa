import { checkInteger, checkOneOf } from '../at/checks.js';
import type { Dialect } from '../dialects/dialect.js';
import { findDialect } from '../dialects/find.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { checkModemOptions, MODEM_OPTION_NAMES, type OpenModemOptions } from '../modem/open-options.js';
import { PERIOD_WITHOUT_KEEPALIVE } from './idle-check.js';
import type { AskLogin } from './login.js';
import { type OutboxOptions, type OutboxSettings, outboxSettings } from './outbox/options.js';
import {
  type ProbeOptions,
  type ProbeSettings,
  probeSettings,
  type RecoveryOptions,
  type RecoverySettings,
  recoverySettings,
} from './recovery/options.js';
import type { BrokerRules } from './rules.js';
import {
  checkPlan,
  SESSION_OPTION_NAMES,
  type SessionPlan,
  type SessionSource,
  sessionPlan,
} from './session-options.js';

/** Names and meanings as in MQTT.js where they are the same. */
export interface ConnectOptions extends OpenModemOptions, SessionSource {
  /** What the broker takes, if that is less than MQTT allows. */
  readonly rules?: BrokerRules | undefined;
  /** The AT command set; default: that of `profile`, or the usual one. */
  readonly dialect?: string;
  /**
   * Resolve at once with a client that accepts messages, and go on trying until there is a session: while the port, the
   * module, the SIM, the network or the broker is away. Default false: a failure of the first connect rejects.
   */
  readonly offlineStart?: boolean;
  /** Publishes that may wait for their result at the same time, 1–64, default 8. */
  readonly maxInflight?: number;
  /** First delay before reconnecting in ms, default 1000; it doubles with jitter. 0: never reconnect. */
  readonly reconnectPeriod?: number;
  /** Largest delay before reconnecting in ms, default 60 000. */
  readonly maxReconnectPeriod?: number;
  /**
   * Attempts before the client gives up, default unlimited. They are counted anew after a session in which the broker
   * acknowledged a message, or that was up for `recovery.stableAfter`.
   */
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
  /**
   * ms without a message or a result after which the module is asked whether the session lives, at most a day; 0 never.
   * That costs nothing on the air. Default: the keepalive, or 600 000 without one.
   */
  readonly idleCheck?: number;
  /** A message to itself now and then, to notice a session that died in silence; default none. */
  readonly probe?: ProbeOptions;
}

/** The options with everything checked and filled in. */
export interface ClientSettings {
  readonly dialect: Dialect;
  readonly session: SessionPlan;
  readonly login: AskLogin | undefined;
  readonly rules: BrokerRules;
  readonly offlineStart: boolean;
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
  readonly idleCheck: number;
  readonly probe: ProbeSettings | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

const NAMES = {
  ...MODEM_OPTION_NAMES,
  ...SESSION_OPTION_NAMES,
  ...{ dialect: true, rules: true, offlineStart: true, maxInflight: true, reconnectPeriod: true },
  ...{ maxReconnectPeriod: true, maxReconnectAttempts: true, connectTimeout: true },
  ...{ registrationTimeout: true, resubscribe: true, queueQoSZero: true, outbox: true, recovery: true },
  ...{ idleCheck: true, probe: true },
} as const satisfies OptionNames<ConnectOptions>;

const RULE_NAMES = {
  ...{ checkSession: true, checkPublication: true, checkFilters: true },
} as const satisfies OptionNames<BrokerRules>;

const EXAMPLE = "{ broker: 'mqtt://host:1883' }";

/**
 * Throws an `ArgumentError` for anything but an object with options of `connect()`; `more` are names that are known as
 * well. Looks at no value.
 */
export function checkConnectOptions(options: unknown, more: Readonly<Record<string, true>> = {}): void {
  checkOptions(options, { ...NAMES, ...more }, { example: EXAMPLE });
}

/**
 * Checks all options before anything is opened, and loads the driver of the dialect; rejects with an `ArgumentError` that
 * names the field.
 */
export async function settingsFor(options: ConnectOptions): Promise<ClientSettings> {
  checkConnectOptions(options);
  return parseOptions(options, await findDialect(options).entry.driver());
}

/** The same with the driver at hand; throws an `ArgumentError`. */
export function parseOptions(options: ConnectOptions, dialect: Dialect): ClientSettings {
  checkConnectOptions(options);
  checkModemOptions(options);
  const { login, rules = {} } = options;
  checkOptions(rules, RULE_NAMES, { field: 'rules', prefix: 'rules.', example: '{ checkFilters }' });
  const { profile } = findDialect({ dialect: dialect.name, profile: options.profile });
  const session = sessionPlan(options, profile);
  checkPlan(session, { dialect, rules });
  return {
    ...{ dialect, session, rules },
    login: checkFunction('login', login),
    offlineStart: checkOneOf('offlineStart', options.offlineStart ?? false, [true, false]),
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
    idleCheck: checkInteger('idleCheck', options.idleCheck ?? idlePeriod(session), 0, DAY),
    probe: probeSettings(options.probe, dialect, session),
  };
}

function idlePeriod({ keepalive }: SessionPlan): number {
  return keepalive === 0 ? PERIOD_WITHOUT_KEEPALIVE : keepalive * 1000;
}

function attempts(value: number | undefined): number {
  if (value === undefined || value === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return checkInteger('maxReconnectAttempts', value, 0, Number.MAX_SAFE_INTEGER);
}

function checkFunction<F>(field: string, value: F): F {
  if (value === undefined || typeof value === 'function') return value;
  throw new ArgumentError(field, String(value), 'a function');
}
