import type { ConnectOptions } from '../../client/options.js';
import type { BrokerAddress, DeviceTriple } from '../../dialects/dialect.js';
import { type AliyunLoginOptions, checkLoginOptions } from './login-options.js';
import { cloudAddress } from './place.js';
import { ALIYUN_RULES, DEFAULT_KEEPALIVE } from './rules.js';
import { checkTriple } from './triple.js';
import { signedLogin } from './wire/login.js';

/** What `connect()` needs to log a device in. */
export type AliyunConnectOptions = Required<
  Pick<ConnectOptions, 'broker' | 'clientId' | 'keepalive' | 'rules'>
> &
  Pick<ConnectOptions, 'username' | 'password' | 'triple'>;

/**
 * The login of one device with one secret, aliyun.md 1: with the triple where the module signs, with user name and
 * password where atmqtt does. Throws an `ArgumentError`; the secret never shows up in it.
 */
export function aliyunConnectOptions(
  triple: DeviceTriple,
  options: AliyunLoginOptions,
): AliyunConnectOptions {
  checkTriple(triple);
  checkLoginOptions(options);
  const { productKey, deviceName, deviceSecret } = triple;
  const address = cloudAddress(productKey, options, 'mqtt');
  const { sign = 'module', cid = deviceName, signMethod: method = 'hmacsha256' } = options;
  const common = { broker: urlOf(address), keepalive: DEFAULT_KEEPALIVE, rules: ALIYUN_RULES };
  if (sign === 'module') {
    return { ...common, clientId: cid, triple: { productKey, deviceName, deviceSecret } };
  }
  // Without a timestamp: the cloud does not compare it with its clock [C], so it would protect from nothing, and
  // gateways without a clock of their own log in all the same.
  return { ...common, ...signedLogin(triple, { cid, method, secureMode: address.tls ? 2 : 3 }) };
}

function urlOf({ host, port, tls }: BrokerAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'mqtts' : 'mqtt'}://${name}:${port}`;
}
