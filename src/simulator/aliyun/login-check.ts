import { MAX_CID, parseClientId, parseUsername } from '../../cloud/aliyun/wire/client-id.js';
import { isSignedLogin } from '../../cloud/aliyun/wire/login.js';
import { DEFAULT_SIGN_METHOD, signMethodNamed } from '../../cloud/aliyun/wire/signature.js';
import type { CloudDevice } from './cloud-device.js';
import type { DeviceRegistry } from './device-registry.js';
import type { DeviceLogin, LoginRefusal } from './events.js';
import { LOGIN_REFUSALS, type LoginRefusalName } from './login-refusals.js';

/** What a CONNECT says, and how it came. */
export interface ConnectFacts {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  /** s. */
  readonly keepalive: number;
  readonly will: boolean;
  readonly tls: boolean;
}

export type LoginVerdict =
  | { readonly device: CloudDevice; readonly login: DeviceLogin }
  | { readonly refusal: LoginRefusal };

/** s: aliyun.md 1 [D]; so 0, never, is refused too. */
const KEEPALIVE = { min: 30, max: 1200 };

/** Whether a device may log in: aliyun.md 1. The timestamp is signed, but not compared with a clock [C]. */
export function checkLogin(registry: DeviceRegistry, facts: ConnectFacts): LoginVerdict {
  const clientId = parseClientId(facts.clientId);
  const names = parseUsername(facts.username);
  const who = { ...(clientId && { cid: clientId.cid }), ...names };
  const refuse = (name: LoginRefusalName): LoginVerdict => ({ refusal: { ...who, ...LOGIN_REFUSALS[name] } });
  if (clientId === undefined || clientId.cid === '') return refuse('CLIENT_ID');
  if (names === undefined) return refuse('USERNAME');
  const obstacle = parameterObstacle(clientId.cid, clientId.parameters, facts);
  if (obstacle !== undefined) return refuse(obstacle);
  const device = registry.find(names.productKey, names.deviceName);
  if (device === undefined) return refuse('UNKNOWN_DEVICE');
  const { deviceSecret } = device;
  if (deviceSecret === undefined) return refuse('UNREGISTERED');
  if (!isSignedLogin({ ...names, deviceSecret }, facts.clientId, facts.password)) return refuse('SIGNATURE');
  return { device, login: { ...names, cid: clientId.cid } };
}

function parameterObstacle(
  cid: string,
  parameters: ReadonlyMap<string, string>,
  { keepalive, will, tls }: ConnectFacts,
): LoginRefusalName | undefined {
  if (cid.length > MAX_CID) return 'CID_LENGTH';
  const secureMode = parameters.get('securemode');
  // Without one it is refused as well [A].
  if (secureMode !== '2' && secureMode !== '3') return 'SECURE_MODE';
  // TLS with 3 is accepted [C], TCP with 2 is not [A].
  if (secureMode === '2' && !tls) return 'PLAIN';
  if (signMethodNamed(parameters.get('signmethod') ?? DEFAULT_SIGN_METHOD) === undefined)
    return 'SIGN_METHOD';
  if (keepalive < KEEPALIVE.min || keepalive > KEEPALIVE.max) return 'KEEPALIVE';
  return will ? 'WILL' : undefined;
}
