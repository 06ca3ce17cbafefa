import { describe, expect, it } from 'vitest';
import { checkInteger, checkOneOf, checkText } from '../../src/at/checks.js';

const QUOTES = 'free of double quotes, CR, LF, NUL and other control characters';

describe('checkText', () => {
  it.each([
    ['ascii', 'host.example', 100],
    ['exactly the limit', 'x'.repeat(8), 8],
    ['UTF-8 that fills the limit', '温温x', 7],
    ['a backslash, commas and semicolons', 'a\\b,c;d', 100],
  ])('takes %s', (_name, value, max) => {
    expect(checkText('field', value, { max })).toBe(value);
  });

  it('takes the empty text only if told so', () => {
    expect(checkText('field', '', { min: 0, max: 8 })).toBe('');
    expect(() => checkText('field', '', { max: 8 })).toThrow(
      'field is "" (0 bytes), but must be 1 to 8 bytes of UTF-8',
    );
  });

  it.each([
    ['a number', 5, '5', 'a string'],
    ['nothing', undefined, 'undefined', 'a string'],
    ['null', null, 'null', 'a string'],
    ['an object without a prototype', Object.create(null), 'an object', 'a string'],
    [
      'more bytes than characters allow',
      '温温温',
      '"\\xe6\\xb8\\xa9\\xe6\\xb8\\xa9\\xe6\\xb8\\xa9" (9 bytes)',
      '1 to 8 bytes of UTF-8',
    ],
    ['a quote', 'a"b', '"a"b"', QUOTES],
    ['CR', 'a\r', '"a\\r"', QUOTES],
    ['LF', 'a\n', '"a\\n"', QUOTES],
    ['NUL', 'a\0', '"a\\x00"', QUOTES],
    ['Ctrl-Z', 'a\x1a', '"a\\x1a"', QUOTES],
    ['ESC', 'a\x1b', '"a\\x1b"', QUOTES],
    ['DEL', 'a\x7f', '"a\\x7f"', QUOTES],
    ['half a surrogate pair', 'a\udc00', '"a\\xef\\xbf\\xbd"', 'well-formed Unicode'],
  ])('refuses %s', (_name, value, shown, limit) => {
    expect(() => checkText('field', value, { max: 8 })).toThrow(`field is ${shown}, but must be ${limit}`);
  });

  it('shows at most 60 characters of a value', () => {
    expect(() => checkText('field', 'x'.repeat(300), { max: 256 })).toThrow(
      `field is "${'x'.repeat(60)}…" (300 bytes), but must be 1 to 256 bytes of UTF-8`,
    );
  });

  it.each([
    ['too long', 'hunter2hunter2', 'a value of 14 bytes, but must be 1 to 8 bytes'],
    ['with a quote', 'hunte"2', '***, but must be free of double quotes'],
    ['ill-formed', 'hun\ud800', '***, but must be well-formed Unicode'],
    ['no string', { hunter: 2 }, '***, but must be a string'],
  ])('never shows a secret that is %s', (_name, value, message) => {
    let text = '';
    try {
      checkText('password', value, { max: 8, secret: true });
    } catch (error) {
      text = String(error);
    }
    expect(text).toContain(`password is ${message}`);
    expect(text).not.toContain('hun');
  });
});

describe('checkInteger', () => {
  it.each([0, 1, 65535])('takes %i', (value) => {
    expect(checkInteger('port', value, 0, 65535)).toBe(value);
  });

  it.each([
    [-1, '-1'],
    [65536, '65536'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['1', '"1"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [1n, '1'],
    [Symbol('x'), 'Symbol(x)'],
  ])('refuses %s', (value, shown) => {
    expect(() => checkInteger('port', value, 0, 65535)).toThrow(
      `port is ${shown}, but must be a whole number from 0 to 65535`,
    );
  });
});

describe('checkOneOf', () => {
  it('takes what is in the list', () => {
    expect(checkOneOf('qos', 2, [0, 1, 2])).toBe(2);
    expect(checkOneOf('retain', false, [true, false])).toBe(false);
  });

  it.each([
    [3, '3'],
    ['1', '"1"'],
    [true, 'true'],
    [undefined, 'undefined'],
    [{ qos: 1 }, 'an object'],
  ])('refuses %j', (value, shown) => {
    expect(() => checkOneOf('qos', value, [0, 1, 2])).toThrow(`qos is ${shown}, but must be one of 0, 1, 2`);
  });
});
