import { aliyunConnectOptions } from '../../cloud/aliyun/connect-options.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import type { LoginOptions } from './prove-login.js';
import type { StationSettings } from './station-options.js';

/** How a module logs in with its triple. */
export function loginOptions(
  { login, profile, connectTimeout, networkTimeout }: StationSettings,
  triple: DeviceTriple,
): LoginOptions {
  return {
    ...aliyunConnectOptions(triple, login),
    ...{ profile, connectTimeout, registrationTimeout: networkTimeout },
  };
}

/** The same with what the module has kept: nothing but the part of the client id that is signed is told to it. */
export function keptLoginOptions(settings: StationSettings, triple: DeviceTriple): LoginOptions {
  const { triple: _, ...options } = loginOptions(settings, triple);
  return { ...options, keepTriple: true };
}

/** Throws an `ArgumentError` for a login that no triple could use. */
export function checkLogin({ login }: StationSettings): void {
  aliyunConnectOptions({ productKey: 'any', deviceName: 'anyone', deviceSecret: 'any' }, login);
}
