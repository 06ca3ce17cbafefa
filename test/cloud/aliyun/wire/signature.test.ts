import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSigned,
  SIGN_METHODS,
  sign,
  signedContent,
  signMethodNamed,
} from '../../../../src/cloud/aliyun/wire/signature.js';

const CONTENT = 'clientIdexample1deviceNameexample1productKeya1X2bEnP82z';
const SECRET = 'ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe';

/** `printf CONTENT | openssl dgst -<digest> -hmac SECRET`. */
const BY_OPENSSL = [
  ['hmacmd5', '317cbac3035c680d0de7ee6f6d69b59a'],
  ['hmacsha1', 'c04b5bb4d2ccc308a8ebb6b9be1b987336a9678e'],
  ['hmacsha256', 'e8cfe62d3d3f49dbb4bffd1bef903869ee45b9cd2ec61dd63ebf69b8f6a00c85'],
] as const;

describe('a signature', () => {
  it.each(BY_OPENSSL)('with %s is that of openssl', (method, hex) => {
    expect(sign(method, SECRET, CONTENT)).toBe(hex);
    expect(isSigned(hex, method, SECRET, CONTENT)).toBe(true);
    expect(isSigned(hex.toUpperCase(), method, SECRET, CONTENT)).toBe(true);
  });

  it('covers the keys in alphabetical order, whatever order they are given in', () => {
    const content = signedContent({ productKey: 'pk', timestamp: '789', clientId: '12345', deviceName: 'd' });
    expect(content).toBe('clientId12345deviceNamedproductKeypktimestamp789');
    expect(signedContent({ productKey: 'pk', timestamp: undefined, clientId: '1' })).toBe(
      'clientId1productKeypk',
    );
  });

  it('of another length, method, secret or content is refused, and so is each that differs in one digit', () => {
    const [, , [method, hex]] = BY_OPENSSL;
    for (const wrong of ['', hex.slice(1), `${hex}0`, 'é'.repeat(32), BY_OPENSSL[0][1]]) {
      expect(isSigned(wrong, method, SECRET, CONTENT)).toBe(false);
    }
    expect(isSigned(hex, 'hmacsha1', SECRET, CONTENT)).toBe(false);
    expect(isSigned(hex, method, `${SECRET} `, CONTENT)).toBe(false);
    expect(isSigned(hex, method, SECRET, `${CONTENT}timestamp1`)).toBe(false);
    fc.assert(
      fc.property(fc.nat(hex.length - 1), fc.integer({ min: 1, max: 15 }), (at, change) => {
        const digit = (Number.parseInt(hex.charAt(at), 16) ^ change).toString(16);
        expect(isSigned(hex.slice(0, at) + digit + hex.slice(at + 1), method, SECRET, CONTENT)).toBe(false);
      }),
    );
  });

  it('has a method by its exact name only', () => {
    for (const method of SIGN_METHODS) expect(signMethodNamed(method)).toBe(method);
    for (const name of ['HMACSHA1', 'sha1', '', 'constructor']) expect(signMethodNamed(name)).toBeUndefined();
  });
});
