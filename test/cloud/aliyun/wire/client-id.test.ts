import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatClientId,
  formatUsername,
  parseClientId,
  parseUsername,
} from '../../../../src/cloud/aliyun/wire/client-id.js';

describe('a client id', () => {
  it('is the cid, and parameters between bars', () => {
    expect(formatClientId('12345', { securemode: 3, signmethod: 'hmacsha1', timestamp: '789' })).toBe(
      '12345|securemode=3,signmethod=hmacsha1,timestamp=789|',
    );
    expect(formatClientId('a', { securemode: 2, timestamp: undefined })).toBe('a|securemode=2|');
  });

  it.each([
    ['12345|securemode=3,signmethod=hmacsha1,timestamp=789|', '12345'],
    ['12345|timestamp=789,signmethod=hmacsha1,securemode=3|', '12345'],
    ['|securemode=3,signmethod=hmacsha1,timestamp=789,lan=C,_v=sdk-c-3.0.1|', ''],
  ])('is parsed by key: %s', (text, cid) => {
    const parsed = parseClientId(text);
    expect(parsed?.cid).toBe(cid);
    expect(Object.fromEntries(parsed?.parameters ?? [])).toMatchObject({
      securemode: '3',
      signmethod: 'hmacsha1',
      timestamp: '789',
    });
  });

  it.each(['', '12345', '12345|', '12345|securemode=3', 'securemode=3|x'])('is none: %j', (text) => {
    expect(parseClientId(text)).toBeUndefined();
  });

  it('may have no parameters, empty ones, and keys that come twice', () => {
    expect(parseClientId('a||')).toEqual({ cid: 'a', parameters: new Map() });
    const { parameters } = parseClientId('a|securemode=3,,securemode=2,x,=y,z==|') ?? {};
    expect([...(parameters ?? [])]).toEqual([
      ['securemode', '3'],
      ['x', ''],
      ['z', '='],
    ]);
  });

  it('comes back as it was formatted', () => {
    const key = fc.stringMatching(/^[a-zA-Z_]{1,8}$/);
    const value = fc.stringMatching(/^[^,|]{0,12}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[^|]{1,64}$/), fc.dictionary(key, value), (cid, parameters) => {
        const parsed = parseClientId(formatClientId(cid, parameters));
        expect(parsed?.cid).toBe(cid);
        expect(new Map(parsed?.parameters)).toEqual(new Map(Object.entries(parameters)));
      }),
    );
  });
});

describe('a user name', () => {
  it('is device name and product key', () => {
    expect(formatUsername('a1X2bEnP82z', 'example1')).toBe('example1&a1X2bEnP82z');
    expect(parseUsername('example1&a1X2bEnP82z')).toEqual({
      productKey: 'a1X2bEnP82z',
      deviceName: 'example1',
    });
  });

  it.each(['', 'example1', '&pk', 'dn&', 'a&b&c'])('is none: %j', (text) => {
    expect(parseUsername(text)).toBeUndefined();
  });
});
