import { checkInteger, checkOneOf, checkText } from '../../at/checks.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { abortedError } from '../../errors/modem-error.js';
import { judgeAnswer } from './register-answer.js';
import { postOnce } from './register-post.js';
import {
  checkTarget,
  type RegistrationTarget,
  randomText,
  registrationError,
  signedRequest,
} from './register-target.js';
import { REGISTRATION_PATH } from './wire/names.js';
import { formatRegistrationForm } from './wire/registration.js';
import { SIGN_METHODS, type SignMethod } from './wire/signature.js';

export interface RegisterOverHttpOptions {
  /** Base URL, e.g. `registrationUrl('cn-shanghai')`. Over `http://` the secret comes in clear. */
  readonly url: string;
  /** Default `hmacsha256`. */
  readonly signMethod?: SignMethod | undefined;
  /** ms for everything, default 10 000. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** PEM of the authority behind the URL; default: those that Node knows. */
  readonly ca?: string | Buffer | undefined;
  /** Makes the text that is signed along; default 16 random hex digits. */
  readonly random?: (() => string) | undefined;
}

const MAX_TIMEOUT = 600_000;

/**
 * Asks the cloud for the secret of a device, once: aliyun.md 2a. Before its first login a device gets a new secret each
 * time, and the one before is dead, so asking again must be somebody's decision. Rejects with
 * - `REGISTRATION_FAILED`: it was not asked: name not resolved, connection refused, no TLS, time over before;
 * - `REGISTRATION_REFUSED`: the cloud said no;
 * - `REGISTRATION_UNANSWERED`: it was asked, and the answer is missing, or is none: cut, time over, 5xx, a redirect;
 * - `ABORTED`: by the signal, before it was asked;
 * - `INVALID_ARGUMENT`.
 */
export async function registerOverHttp(
  target: RegistrationTarget,
  options: RegisterOverHttpOptions,
): Promise<DeviceTriple> {
  const { signMethod = 'hmacsha256', timeout = 10_000, signal, ca, random = randomText } = options;
  checkTarget(target);
  checkOneOf('signMethod', signMethod, SIGN_METHODS);
  checkInteger('timeout', timeout, 1, MAX_TIMEOUT);
  const url = registrationEndpoint(options.url);
  const request = signedRequest(target, checkText('random', random(), { max: 64 }), signMethod);
  const failure = 'registration';
  if (signal?.aborted) throw abortedError(signal, failure);
  const outcome = await postOnce(url, formatRegistrationForm(request), { timeout, signal, ca });
  const fail = registrationError;
  if (outcome.kind === 'answered') {
    const verdict = judgeAnswer(outcome.status, outcome.body, target);
    if ('triple' in verdict) return verdict.triple;
    throw fail(verdict.problem, target.deviceName, url.href);
  }
  const { kind, reason, aborted, cause } = outcome;
  if (kind === 'unsent' && aborted && signal !== undefined) throw abortedError(signal, failure);
  throw fail(
    { kind: kind === 'unsent' ? 'failed' : 'unanswered', reason, cause },
    target.deviceName,
    url.href,
  );
}

/** Throws an `ArgumentError`; what stands before an `@` is not shown. */
function registrationEndpoint(base: unknown): URL {
  const url = typeof base === 'string' && URL.canParse(base) ? new URL(base) : undefined;
  const shown = typeof base === 'string' ? JSON.stringify(base.replace(/\/\/.*@/s, '//***@')) : String(base);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ArgumentError('url', shown, 'a URL such as https://iot-auth.cn-shanghai.aliyuncs.com');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ArgumentError('url', shown, 'without user name, query and fragment');
  }
  url.pathname = url.pathname.replace(/\/$/, '') + REGISTRATION_PATH;
  return url;
}
