import type { DeviceTriple } from '../../../dialects/dialect.js';
import { formatClientId, formatUsername, parseClientId } from './client-id.js';
import {
  DEFAULT_SIGN_METHOD,
  isSigned,
  type SignMethod,
  sign,
  signedContent,
  signMethodNamed,
} from './signature.js';

/** 2 is TLS, 3 is TCP: aliyun.md 1 [D]. */
export type SecureMode = 2 | 3;

export interface LoginForm {
  readonly cid: string;
  readonly method: SignMethod;
  readonly secureMode: SecureMode;
  /** ms, or any constant: the cloud does not check it against its clock [C]. Without it, it is not signed either [C]. */
  readonly timestamp?: string | undefined;
}

/** What CONNECT carries. */
export interface SignedLogin {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** The login of one device with one secret: aliyun.md 1 [D]. */
export function signedLogin(triple: DeviceTriple, form: LoginForm): SignedLogin {
  const { productKey, deviceName, deviceSecret } = triple;
  const { cid, method, secureMode, timestamp } = form;
  return {
    clientId: formatClientId(cid, { securemode: secureMode, signmethod: method, timestamp }),
    username: formatUsername(productKey, deviceName),
    password: sign(method, deviceSecret, loginContent(triple, cid, timestamp)),
  };
}

/** What the signature of a login covers. */
export function loginContent(
  { productKey, deviceName }: Pick<DeviceTriple, 'productKey' | 'deviceName'>,
  cid: string,
  timestamp: string | undefined,
): string {
  return signedContent({ clientId: cid, deviceName, productKey, timestamp });
}

/** Whether a login is signed with the secret, by whichever method its client id names. */
export function isSignedLogin(triple: DeviceTriple, clientId: string, password: string): boolean {
  const parsed = parseClientId(clientId);
  const method = signMethodNamed(parsed?.parameters.get('signmethod') ?? DEFAULT_SIGN_METHOD);
  if (parsed === undefined || method === undefined) return false;
  const content = loginContent(triple, parsed.cid, parsed.parameters.get('timestamp'));
  return isSigned(password, method, triple.deviceSecret, content);
}
