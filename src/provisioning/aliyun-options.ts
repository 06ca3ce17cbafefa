import { type ConnectOptions, checkConnectOptions } from '../client/options.js';
import { aliyunConnectOptions } from '../cloud/aliyun/connect-options.js';
import { type AliyunLoginOptions, checkLoginOptions } from '../cloud/aliyun/login-options.js';
import { ALIYUN_RULES, DEFAULT_KEEPALIVE } from '../cloud/aliyun/rules.js';
import type { DeviceTriple } from '../dialects/dialect.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { ledgerLogin } from './ledger-login.js';

/** One device, known here. */
export interface AliyunTripleOptions extends AliyunLoginOptions, DeviceTriple {
  readonly ledger?: undefined;
}

/** Whichever device the module is: its triple is looked up by its IMEI before each session. */
export interface AliyunLedgerOptions extends AliyunLoginOptions {
  /** Path of the ledger, which this process must be allowed to write; only what was verified in a module is used. */
  readonly ledger: string;
  /** Of a ledger that was made with one. */
  readonly passphrase?: string | undefined;
}

export type AliyunOptions = AliyunTripleOptions | AliyunLedgerOptions;

const NAMES = {
  ...{ productKey: true, deviceName: true, deviceSecret: true, ledger: true, passphrase: true },
  ...{ region: true, host: true, sign: true, cid: true, signMethod: true },
} as const satisfies OptionNames<AliyunTripleOptions & AliyunLedgerOptions>;

/** Options that the triple, or the cloud, leaves no room for, and why. */
const LEFT_OUT = {
  broker: 'region or host says where the cloud is',
  clientId: 'the cloud makes it of the cid',
  username: 'it is made of the triple',
  password: 'it is made of the triple',
  triple: 'aliyun names it',
  login: 'aliyun brings one',
  rules: 'aliyun brings those of the cloud',
  will: 'Alibaba Cloud publishes none',
} as const;

/** Options of `connect()` for Alibaba Cloud IoT. */
export interface CloudConnectOptions
  extends Omit<ConnectOptions, keyof typeof LEFT_OUT>,
    Partial<Record<keyof typeof LEFT_OUT, undefined>> {
  readonly aliyun: AliyunOptions;
}

/**
 * The options as a client takes them. `keepalive` is 30–1200 s, default 300. Throws an `ArgumentError`; opens nothing.
 */
export function plainOptions(options: ConnectOptions | CloudConnectOptions): ConnectOptions {
  checkConnectOptions(options, { aliyun: true });
  if (!isForCloud(options)) return options;
  const { aliyun, ...rest } = options;
  const { keepalive = DEFAULT_KEEPALIVE, ...others } = checkedRest(rest);
  return { ...others, ...loginOptions(aliyun), keepalive };
}

export function isForCloud(options: ConnectOptions | CloudConnectOptions): options is CloudConnectOptions {
  return 'aliyun' in options && options.aliyun !== undefined;
}

function loginOptions(aliyun: AliyunOptions): ConnectOptions {
  const example = "{ ledger: '/srv/line.db', region: 'cn-shanghai' }";
  checkOptions(aliyun, NAMES, { field: 'aliyun', prefix: 'aliyun.', example });
  if (aliyun.ledger === undefined) return aliyunConnectOptions(aliyun, aliyun);
  checkLedger(aliyun);
  checkLoginOptions(aliyun);
  return { rules: ALIYUN_RULES, login: ledgerLogin(aliyun) };
}

function checkLedger(options: AliyunLedgerOptions & Partial<DeviceTriple>): void {
  const { ledger, passphrase, productKey, deviceName, deviceSecret } = options;
  if (typeof ledger !== 'string' || ledger === '') {
    throw new ArgumentError('ledger', JSON.stringify(ledger), 'the path of a ledger');
  }
  if (passphrase !== undefined && (typeof passphrase !== 'string' || passphrase === '')) {
    throw new ArgumentError('passphrase', '***', 'a text that is not empty');
  }
  if ([productKey, deviceName, deviceSecret].every((part) => part === undefined)) return;
  throw new ArgumentError('ledger', JSON.stringify(ledger), 'left out next to a triple');
}

function checkedRest(rest: Omit<CloudConnectOptions, 'aliyun'>): Omit<ConnectOptions, keyof typeof LEFT_OUT> {
  for (const [name, why] of Object.entries(LEFT_OUT)) {
    if (rest[name as keyof typeof LEFT_OUT] === undefined) continue;
    throw new ArgumentError(name, 'a value', 'left out', `${name} must be left out next to aliyun: ${why}`);
  }
  if (rest.probe !== undefined && rest.probe.topic === undefined) {
    const message = 'give probe.topic next to aliyun: a device may use its own topics only';
    throw new ArgumentError('probe.topic', 'nothing', 'given', message);
  }
  return rest;
}
