import { describe, expect, it } from 'vitest';
import { parseClientId } from '../../../../src/cloud/aliyun/wire/client-id.js';
import {
  formatRegistrationForm,
  parseRegistrationAnswer,
  parseRegistrationForm,
  parseRegistrationPush,
  registrationClientId,
  registrationContent,
} from '../../../../src/cloud/aliyun/wire/registration.js';
import { isSigned, sign } from '../../../../src/cloud/aliyun/wire/signature.js';

const NAMES = { productKey: 'a1X2bEnP82z', deviceName: 'example1', random: '8Ygb7ULYh53B6OA' };
const SECRET = '7jluWm1zql7bt8qK';
const TRIPLE = { productKey: 'pk', deviceName: 'dn', deviceSecret: 'ds' };

describe('the vector of the vendor', () => {
  const signature = '37c9d9c4dcab7fc75d65d25547a4e11080e59dd82f3255aafc90d83498480e88';

  it('is signed', () => {
    expect(registrationContent(NAMES)).toBe('deviceNameexample1productKeya1X2bEnP82zrandom8Ygb7ULYh53B6OA');
    expect(sign('hmacsha256', SECRET, registrationContent(NAMES))).toBe(signature);
  });

  it('is verified in either case, and with one digit changed it is not', () => {
    const content = registrationContent(NAMES);
    expect(isSigned(signature.toUpperCase(), 'hmacsha256', SECRET, content)).toBe(true);
    expect(isSigned(signature.replace('3', '4'), 'hmacsha256', SECRET, content)).toBe(false);
  });

  it('goes out as a form', () => {
    const form = formatRegistrationForm({ ...NAMES, sign: signature, signMethod: 'hmacsha256' });
    expect(form).toBe(
      `productKey=a1X2bEnP82z&deviceName=example1&random=8Ygb7ULYh53B6OA&sign=${signature}&signMethod=hmacsha256`,
    );
  });
});

it('a form carries every device name', () => {
  const request = { ...NAMES, deviceName: 'a:b@c_d.-', sign: 'ff', signMethod: 'hmacmd5' } as const;
  expect(parseRegistrationForm(formatRegistrationForm(request))).toEqual(request);
});

it('the client id names way, random text and method', () => {
  const clientId = registrationClientId('example1', 'r1', 'hmacsha256');
  expect(clientId).toBe('example1|securemode=2,authType=register,random=r1,signmethod=hmacsha256|');
  expect(parseClientId(clientId)?.parameters.get('authType')).toBe('register');
});

describe('an answer', () => {
  it('has the triple', () => {
    const body = JSON.stringify({ code: 200, data: TRIPLE, message: 'success' });
    expect(parseRegistrationAnswer(body)).toEqual({ code: 200, data: TRIPLE, message: 'success' });
  });

  it('or says no', () => {
    expect(parseRegistrationAnswer('{"code":6289,"message":"active"}')).toEqual({
      code: 6289,
      message: 'active',
    });
    expect(parseRegistrationAnswer('{"code":6289}')).toEqual({ code: 6289, message: '' });
  });

  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '<html>',
    '{"code":"200"}',
    '{"code":200}',
    '{"code":200,"data":{}}',
  ])('is not %j', (body) => {
    expect(parseRegistrationAnswer(body)).toBeUndefined();
  });
});

describe('a push', () => {
  it('has the triple', () => {
    expect(parseRegistrationPush(Buffer.from(JSON.stringify(TRIPLE)))).toEqual(TRIPLE);
  });

  it.each([
    '',
    'null',
    '1',
    '{}',
    '{"productKey":"pk","deviceName":"dn","deviceSecret":""}',
    '{"deviceSecret":1}',
  ])('is not %j', (text) => {
    expect(parseRegistrationPush(Buffer.from(text))).toBeUndefined();
  });
});
