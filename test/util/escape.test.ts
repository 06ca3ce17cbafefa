import { describe, expect, it } from 'vitest';
import { escapeBytes, unescapeBytes } from '../../src/util/escape.js';

describe('bytes as one line', () => {
  it.each([
    ['AT+CSQ\r\n', 'AT+CSQ\\r\\n'],
    ['\t\\ "~', '\\t\\\\ "~'],
    ['\x00\x1a\x1b\x7f\x80\xff', '\\x00\\x1a\\x1b\\x7f\\x80\\xff'],
    ['', ''],
  ])('%j is %s', (bytes, text) => {
    expect(escapeBytes(bytes)).toBe(text);
    expect(escapeBytes(Buffer.from(bytes, 'latin1'))).toBe(text);
    expect(unescapeBytes(text).toString('latin1')).toBe(bytes);
  });

  it('comes back from every byte', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    expect(unescapeBytes(escapeBytes(bytes))).toEqual(bytes);
  });

  it('takes hexadecimal digits of either case, and leaves alone what is no escape', () => {
    expect(unescapeBytes('\\xAf\\x0\\q').toString('latin1')).toBe('\xaf\\x0\\q');
  });
});
