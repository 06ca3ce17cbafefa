import { checkOneOf } from '../at/checks.js';
import type { BrokerAddress, DeviceTriple, Dialect, Qos, SessionOptions, Will } from '../dialects/dialect.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { parseBrokerUrl } from './broker-url.js';
import type { AskLogin, Login } from './login.js';
import type { BrokerRules } from './rules.js';

export interface WillOptions {
  readonly topic: string;
  /** Text; the module takes it between quotes, so control characters and double quotes cannot be carried. */
  readonly payload: string | Buffer;
  /** Default 0. */
  readonly qos?: Qos;
  /** Default false. */
  readonly retain?: boolean;
}

/** The options of `connect()` that a session is made of. */
export interface SessionSource {
  /**
   * `mqtt://host[:port]` or `mqtts://host[:port]`, as the module sees it. `mqtts://` encrypts (`sslenable`, TLS context
   * 0), but whether the module verifies the certificate of the broker, and against what, is not known [A]: do not rely
   * on it to tell the broker from an impostor. May be left out where `login` tells it.
   */
  readonly broker?: string | undefined;
  /** 1–256 bytes, default `atmqtt_` and 8 random characters. */
  readonly clientId?: string | undefined;
  /** 1–256 bytes; also taken from the broker URL. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /**
   * The device at Alibaba Cloud IoT, for modules that sign their login themselves; `clientId` is then the part of the
   * client id that is signed. 1–64 bytes each.
   */
  readonly triple?: DeviceTriple | undefined;
  /**
   * Leave the triple in the module as it is, for firmware that keeps one [A], default false: without `triple` the module
   * is told to log in without one.
   */
  readonly keepTriple?: boolean | undefined;
  /**
   * Asked before each opening of a session, when the module has a network; what it gives goes before the options of the
   * same names. For logins that depend on the module, or that expire: a token is fetched anew for each session. When it
   * fails, the attempt has failed: `connect()` rejects, and a later attempt is followed by the next one, without a
   * reset of the module.
   */
  readonly login?: AskLogin | undefined;
  /** Seconds, 0–3600, 0 = never, default 120 as the module's own. */
  readonly keepalive?: number;
  /** Default true: the broker forgets the session at its end. */
  readonly clean?: boolean;
  readonly will?: WillOptions;
  /** 4 is MQTT 3.1.1 (default), 3 is MQTT 3.1. */
  readonly protocolVersion?: 3 | 4;
  /** Which module it is, by its profile; default: the usual one of the dialect, or of all. */
  readonly profile?: string;
  /** Let the module keep downlinks until they are fetched one by one (`cache` 1), default false. */
  readonly buffered?: boolean;
}

export const SESSION_OPTION_NAMES = {
  ...{ broker: true, clientId: true, username: true, password: true, triple: true, keepTriple: true },
  ...{ login: true, keepalive: true, clean: true, will: true, protocolVersion: true, profile: true },
  buffered: true,
} as const satisfies OptionNames<SessionSource>;

const WILL_NAMES = {
  ...{ topic: true, payload: true, qos: true, retain: true },
} as const satisfies OptionNames<WillOptions>;

const TRIPLE_NAMES = {
  ...{ productKey: true, deviceName: true, deviceSecret: true },
} as const satisfies OptionNames<DeviceTriple>;

/** A session as the options tell it: its broker may come with the login. */
export interface SessionPlan extends Omit<SessionOptions, 'broker'> {
  readonly broker: BrokerAddress | undefined;
}

/** Takes the place of a broker that is not known yet, in checks of everything else. */
const ANY_BROKER: BrokerAddress = { host: 'localhost', port: 1883, tls: false };

/** What checks a session. */
interface Checkers {
  readonly dialect: Dialect;
  readonly rules: BrokerRules;
}

/** Throws an `ArgumentError` for what the wire cannot carry, or the broker does not take. */
export function checkSession(options: SessionOptions, { dialect, rules }: Checkers): void {
  dialect.checkSession(options);
  rules.checkSession?.(options);
}

export function checkPlan(plan: SessionPlan, checkers: Checkers): void {
  checkSession({ ...plan, broker: plan.broker ?? ANY_BROKER }, checkers);
}

/** Throws an `ArgumentError`; what remains is checked by the dialect. */
export function sessionPlan(options: SessionSource, profile: string): SessionPlan {
  const url =
    options.broker === undefined && options.login !== undefined ? undefined : parseBrokerUrl(options.broker);
  if (options.clean === false && options.clientId === undefined && options.login === undefined) {
    throw new ArgumentError(
      'clientId',
      'none',
      'given with clean: false',
      'clientId: none given, and clean is false: the broker keeps a session under its client id, so give one',
    );
  }
  return {
    broker: url?.address,
    clientId: options.clientId ?? `atmqtt_${Math.random().toString(36).slice(2, 10).padEnd(8, '0')}`,
    username: options.username ?? url?.username,
    password: options.password ?? url?.password,
    keepalive: options.keepalive ?? 120,
    clean: checkOneOf('clean', options.clean ?? true, [true, false]),
    will: options.will === undefined ? undefined : willOf(options.will),
    protocolVersion: checkOneOf('protocolVersion', options.protocolVersion ?? 4, [3, 4]),
    profile,
    buffered: checkOneOf('buffered', options.buffered ?? false, [true, false]),
    triple: tripleOf(options.triple),
    keepTriple: checkOneOf('keepTriple', options.keepTriple ?? false, [true, false]),
  };
}

/** The plan with what a login says of it. Throws an `ArgumentError`. */
export function withLogin(plan: SessionPlan, login: Login): SessionOptions {
  const url = login.broker === undefined ? undefined : parseBrokerUrl(login.broker);
  const broker = url?.address ?? plan.broker;
  if (broker === undefined)
    throw new ArgumentError(
      'broker',
      'nothing',
      'given',
      'there is no broker: give one, or let `login` give it',
    );
  return {
    ...plan,
    broker,
    clientId: login.clientId ?? plan.clientId,
    username: login.username ?? url?.username ?? plan.username,
    password: login.password ?? url?.password ?? plan.password,
    triple: tripleOf(login.triple) ?? plan.triple,
  };
}

function tripleOf(triple: DeviceTriple | undefined): DeviceTriple | undefined {
  if (triple === undefined) return undefined;
  const example = '{ productKey, deviceName, deviceSecret }';
  checkOptions(triple, TRIPLE_NAMES, { field: 'triple', prefix: 'triple.', example });
  return triple;
}

function willOf(options: WillOptions): Will {
  checkOptions(options, WILL_NAMES, {
    field: 'will',
    prefix: 'will.',
    example: "{ topic: 't', payload: 'gone' }",
  });
  const { topic, payload, qos = 0, retain = false } = options;
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new ArgumentError('will.payload', String(payload), 'a string or a Buffer');
  }
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');
  if (!Buffer.from(text).equals(Buffer.from(payload))) {
    throw new ArgumentError('will.payload', 'not UTF-8', 'text');
  }
  return { topic, payload: text, qos, retain };
}
