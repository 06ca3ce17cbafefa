import { randomBytes } from 'node:crypto';
import { checkDeviceName, checkProductKey, checkSecret } from './triple.js';
import { type RegistrationRequest, registrationContent } from './wire/registration.js';
import { type SignMethod, sign } from './wire/signature.js';

/** What is to be registered, and the secret of its product: aliyun.md 2. */
export interface RegistrationTarget {
  readonly productKey: string;
  readonly productSecret: string;
  readonly deviceName: string;
}

/** Throws an `ArgumentError`; the secret never shows up in it. */
export function checkTarget(target: RegistrationTarget): void {
  checkProductKey(target.productKey);
  checkDeviceName(target.deviceName);
  checkSecret('productSecret', target.productSecret);
}

/** 16 hex digits, as long as those of the vendor's samples: aliyun.md 2, vector. */
export function randomText(): string {
  return randomBytes(8).toString('hex');
}

/** The request, signed with the ProductSecret. */
export function signedRequest(
  { productKey, productSecret, deviceName }: RegistrationTarget,
  random: string,
  signMethod: SignMethod,
): RegistrationRequest {
  const named = { productKey, deviceName, random };
  return { ...named, sign: sign(signMethod, productSecret, registrationContent(named)), signMethod };
}
