import { checkInteger, checkOneOf } from '../../at/checks.js';
import { attemptWithin } from '../../client/attempt.js';
import type { DeviceTriple, SessionOptions } from '../../dialects/dialect.js';
import { findDialect } from '../../dialects/find.js';
import { abortedError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import type { CloudPlace } from './place.js';
import { RegistrationSession } from './register-session.js';
import {
  checkTarget,
  judgeFailure,
  type RegistrationTarget,
  randomText,
  registrationAddress,
  registrationError,
  signedRequest,
} from './register-target.js';
import { formatUsername } from './wire/client-id.js';
import { registrationClientId } from './wire/registration.js';
import { SIGN_METHODS, type SignMethod } from './wire/signature.js';

export interface RegisterOverModuleOptions extends CloudPlace {
  /** Which module it is; default: the usual one. */
  readonly profile?: string | undefined;
  /** The AT command set; default: that of `profile`. */
  readonly dialect?: string | undefined;
  /** Default `hmacsha256`. */
  readonly signMethod?: SignMethod | undefined;
  /** ms from the network to the secret, default 240 000: opening alone may take 160 s. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with the secret as soon as it is there, before the session is closed, which takes seconds: the place to
   * store it, as it does not come again.
   */
  readonly received?: ((triple: DeviceTriple) => void) | undefined;
}

const MAX_TIMEOUT = 3_600_000;

/** s; within what the cloud allows to logins, aliyun.md 1 [D]. The session is over before. */
const KEEPALIVE = 120;

/**
 * Asks the cloud for the secret of a device, once, through the module and over TLS: aliyun.md 2b. No other session may
 * be open in the module. Its session is over when this settles. Rejects with what `received` throws, or with
 * - `REGISTRATION_FAILED`: it was not asked, `cause` says why; or the cloud wants it later;
 * - `REGISTRATION_REFUSED`: the cloud said no;
 * - `REGISTRATION_UNANSWERED`: it was asked, or perhaps, and no secret came;
 * - `ABORTED`: by the signal, before it was asked;
 * - `INVALID_ARGUMENT`.
 */
export async function registerOverModule(
  modem: Modem,
  target: RegistrationTarget,
  options: RegisterOverModuleOptions,
): Promise<DeviceTriple> {
  const { timeout = 240_000, signal, received } = options;
  checkTarget(target);
  checkInteger('timeout', timeout, 1, MAX_TIMEOUT);
  const { entry, profile } = findDialect(options);
  const dialect = await entry.driver();
  const session = sessionOptions(target, options, profile);
  dialect.checkSession(session);
  if (signal?.aborted) throw abortedError(signal, 'registration');
  const registration = new RegistrationSession(dialect, modem, session, target);
  const stop = signal ?? new AbortController().signal;
  const { host, port } = session.broker;
  try {
    const triple = await attemptWithin('registration', timeout, stop, (inner) =>
      registration.run(inner),
    ).catch((error: unknown) => {
      const { asked, secret } = registration;
      if (secret !== undefined) return secret;
      if (!asked && signal?.aborted) throw abortedError(signal, 'registration');
      throw registrationError(judgeFailure(error, asked), target.deviceName, `mqtts://${host}:${port}`);
    });
    received?.(triple);
    return triple;
  } finally {
    await registration.close();
  }
}

function sessionOptions(
  target: RegistrationTarget,
  options: RegisterOverModuleOptions,
  profile: string,
): SessionOptions {
  const { signMethod = 'hmacsha256' } = options;
  checkOneOf('signMethod', signMethod, SIGN_METHODS);
  const { productKey, deviceName } = target;
  const { random, sign } = signedRequest(target, randomText(), signMethod);
  return {
    broker: registrationAddress(productKey, options),
    clientId: registrationClientId(deviceName, random, signMethod),
    username: formatUsername(productKey, deviceName),
    password: sign,
    keepalive: KEEPALIVE,
    clean: true,
    protocolVersion: 4,
    profile,
    buffered: false,
    connectOnce: true,
  };
}
