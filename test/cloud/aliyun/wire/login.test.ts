import { describe, expect, it } from 'vitest';
import { isSignedLogin, loginContent, signedLogin } from '../../../../src/cloud/aliyun/wire/login.js';
import { DOCUMENTED, LOGINS, SAMPLE } from './vectors.js';

describe('the published logins', () => {
  it.each(LOGINS)('$clientId', ({ triple, form, clientId, username, password }) => {
    expect(signedLogin(triple, form)).toEqual({ clientId, username, password });
    expect(isSignedLogin(triple, clientId, password)).toBe(true);
    expect(isSignedLogin(triple, clientId, password.toUpperCase())).toBe(true);
    expect(isSignedLogin({ ...triple, deviceSecret: `${triple.deviceSecret}0` }, clientId, password)).toBe(
      false,
    );
  });

  it('are signed over what the documentation says', () => {
    expect(loginContent(DOCUMENTED, '12345', '789')).toBe(
      'clientId12345deviceNamedeviceproductKeypktimestamp789',
    );
    expect(loginContent(DOCUMENTED, '12345', undefined)).toBe('clientId12345deviceNamedeviceproductKeypk');
  });
});

describe('a login', () => {
  /** By openssl, see signature.test.ts. */
  const SHA1 = 'c04b5bb4d2ccc308a8ebb6b9be1b987336a9678e';
  const MD5 = '317cbac3035c680d0de7ee6f6d69b59a';

  it('without a timestamp does not sign one: that of the modules', () => {
    expect(signedLogin(SAMPLE, { cid: 'example1', method: 'hmacsha1', secureMode: 3 })).toEqual({
      clientId: 'example1|securemode=3,signmethod=hmacsha1|',
      username: 'example1&a1X2bEnP82z',
      password: SHA1,
    });
  });

  it.each([
    ['in another order', 'example1|signmethod=hmacsha1,securemode=3|', SHA1],
    ['with unknown parameters', 'example1|_v=2,securemode=3,lan=C,signmethod=hmacsha1,gw=0|', SHA1],
    ['without a method, which means hmacmd5', 'example1|securemode=3|', MD5],
  ])('is verified %s', (_how, clientId, password) => {
    expect(isSignedLogin(SAMPLE, clientId, password)).toBe(true);
  });

  it.each([
    ['with a cid that was not signed', 'example2|securemode=3,signmethod=hmacsha1|'],
    ['with a timestamp that was not signed', 'example1|securemode=3,signmethod=hmacsha1,timestamp=1|'],
    ['with an unknown method', 'example1|securemode=3,signmethod=hmacsha512|'],
    ['without bars', 'example1'],
  ])('is refused %s', (_how, clientId) => {
    expect(isSignedLogin(SAMPLE, clientId, SHA1)).toBe(false);
  });
});
