import type { DeviceTriple } from '../../dialects/dialect.js';
import type { RegistrationProblem, RegistrationTarget } from './register-target.js';
import { checkSecret } from './triple.js';
import { parseRegistrationAnswer, REGISTERED } from './wire/registration.js';

/** The secret, or why there is none. */
export type RegistrationVerdict =
  | { readonly triple: DeviceTriple }
  | { readonly problem: RegistrationProblem };

/** Longest text of the cloud that an error shows, in characters. */
const MAX_SHOWN = 200;

/**
 * What an answer of HTTP means. The secret counts whatever the status is; any other `code` is a refusal, aliyun.md 2a
 * [D]. All else leaves open what the cloud has done.
 */
export function judgeAnswer(status: number, body: string, target: RegistrationTarget): RegistrationVerdict {
  const answer = parseRegistrationAnswer(body);
  if (answer !== undefined && 'data' in answer) return judgeTriple(answer.data, target);
  if (status >= 500) return unanswered(`the server answered ${status}`);
  if (status >= 300 && status < 400)
    return unanswered(`it answered ${status}, a redirect, which is not followed`);
  if (answer === undefined || answer.code === REGISTERED) {
    return unanswered(`it answered ${status} with what is no answer of the service`);
  }
  const said = `${shown(answer.message, target)} (code ${answer.code})`;
  if (isServerError(answer.code)) return unanswered(said);
  return { problem: { kind: 'refused', reason: said } };
}

/** Whether the triple is the one that was asked for, and can be one. */
export function judgeTriple(triple: DeviceTriple, target: RegistrationTarget): RegistrationVerdict {
  if (!isFor(triple, target)) return unanswered('the answer is for another device');
  try {
    checkSecret('deviceSecret', triple.deviceSecret);
  } catch {
    return unanswered('the secret in the answer cannot be one');
  }
  return { triple };
}

function isFor(triple: DeviceTriple, { productKey, deviceName }: RegistrationTarget): boolean {
  return triple.productKey === productKey && triple.deviceName === deviceName;
}

/** A `code` that reads as an error of the server does not say what it did before [A]. */
function isServerError(code: number): boolean {
  return code >= 500 && code < 600;
}

function unanswered(reason: string): RegistrationVerdict {
  return { problem: { kind: 'unanswered', reason } };
}

/** A text of the cloud, which may repeat what was sent to it: a secret, or a signature, which is hex. */
function shown(message: string, { productSecret }: RegistrationTarget): string {
  const text = message.replaceAll(productSecret, '***').replace(/[0-9a-f]{32,}/gi, '***');
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_SHOWN) || 'no reason given';
}
