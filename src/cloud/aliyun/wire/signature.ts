import { createHmac, timingSafeEqual } from 'node:crypto';

/** `signmethod` of a login and `signMethod` of a registration; the first one holds if none is named: aliyun.md 1 [D]. */
export const SIGN_METHODS = ['hmacmd5', 'hmacsha1', 'hmacsha256'] as const;

export type SignMethod = (typeof SIGN_METHODS)[number];

export const DEFAULT_SIGN_METHOD: SignMethod = 'hmacmd5';

const DIGESTS: Readonly<Record<SignMethod, string>> = {
  hmacmd5: 'md5',
  hmacsha1: 'sha1',
  hmacsha256: 'sha256',
};

/** The method of this name, or undefined; names are compared as they are written [A]. */
export function signMethodNamed(name: string): SignMethod | undefined {
  return SIGN_METHODS.find((method) => method === name);
}

/** What is signed: each key with its value, keys in alphabetical order, nothing in between; aliyun.md 1 and 2 [D]. */
export function signedContent(parameters: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => key + value)
    .join('');
}

/** The signature in lower-case hex. `key` is a DeviceSecret or a ProductSecret. */
export function sign(method: SignMethod, key: string, content: string): string {
  return createHmac(DIGESTS[method], key).update(content).digest('hex');
}

/** Whether the signature is the right one; hex in either case [D]. Takes the same time wherever it differs. */
export function isSigned(signature: string, method: SignMethod, key: string, content: string): boolean {
  const expected = Buffer.from(sign(method, key, content));
  const given = Buffer.from(signature.toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
}
