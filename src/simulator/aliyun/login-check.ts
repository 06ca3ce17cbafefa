import { MAX_CID, parseClientId, parseUsername } from '../../cloud/aliyun/wire/client-id.js';
import { isSignedLogin } from '../../cloud/aliyun/wire/login.js';
import { DEFAULT_SIGN_METHOD, signMethodNamed } from '../../cloud/aliyun/wire/signature.js';
import type { CloudDevice } from './cloud-device.js';
import type { DeviceRegistry } from './device-registry.js';
import type { DeviceLogin, LoginRefusal } from './events.js';

/**
 * Why a CONNECT is refused, with the return code of CONNACK. That it is refused is documented for keepalive and will
 * [D]; the codes are those that a registration over MQTT has for bad parameters and for a refusal, aliyun.md 2b, taken
 * over to logins [A], but for the 4 of a wrong signature, which aliyun.md 1 has itself [A].
 */
export const LOGIN_REFUSALS = {
  CLIENT_ID: { returnCode: 2, reason: 'the client id is not <cid>|key=value,…|' },
  CID_LENGTH: {
    returnCode: 2,
    reason: 'the part of the client id before the bar is longer than 64 characters',
  },
  USERNAME: { returnCode: 2, reason: 'the user name is not <DeviceName>&<ProductKey>' },
  SECURE_MODE: { returnCode: 2, reason: 'securemode is neither 2 nor 3' },
  PLAIN: { returnCode: 2, reason: 'securemode 2 says TLS, and this is TCP' },
  SIGN_METHOD: { returnCode: 2, reason: 'signmethod is none of hmacmd5, hmacsha1, hmacsha256' },
  KEEPALIVE: { returnCode: 2, reason: 'the keepalive is not 30 to 1200 s' },
  WILL: { returnCode: 2, reason: 'there is a will' },
  AUTH_TYPE: { returnCode: 2, reason: 'this authType is not served' },
  UNKNOWN_DEVICE: { returnCode: 4, reason: 'there is no such device' },
  UNREGISTERED: { returnCode: 4, reason: 'the device has no secret yet' },
  SIGNATURE: { returnCode: 4, reason: 'the signature is wrong' },
} as const;

export type LoginRefusalName = keyof typeof LOGIN_REFUSALS;

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
