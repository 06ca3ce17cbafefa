import { describe, expect, it } from 'vitest';
import { escapeBytes, foldBytes, unescapeBytes } from '../../src/util/escape.js';
import { seededRandom } from '../../src/util/random.js';

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

describe('folded bytes', () => {
  const ESC = '\x1b';
  it.each([
    ['AT\r\n', 'AT\\r\\n'],
    ['0'.repeat(31), '0'.repeat(31)],
    ['0'.repeat(32), '\\{32*0}'],
    [ESC.repeat(4282), '\\{4282*\\x1b}'],
    [`a${'\0'.repeat(100)}b`, 'a\\{100*\\x00}b'],
    [`${'x'.repeat(40)}${'y'.repeat(50)}\r`, '\\{40*x}\\{50*y}\\r'],
    [`${ESC.repeat(63)}\r`.repeat(64), '\\{64*\\{63*\\x1b}\\r}'],
    [
      `${`${ESC.repeat(63)}\r`.repeat(5)}${ESC.repeat(51)}\rAT\r\n`,
      '\\{5*\\{63*\\x1b}\\r}\\{51*\\x1b}\\rAT\\r\\n',
    ],
    ['}'.repeat(40), '\\{40*\\x7d}'],
    [`${'{'.repeat(40)}}`.repeat(3), '\\{3*\\{40*{}\\x7d}'],
    ['\\'.repeat(40), '\\{40*\\\\}'],
    // What looks like a fold is data.
    ['\\{3*a}', '\\\\{3*a}'],
    ['{40*a}', '{40*a}'],
    [`\\${'{'.repeat(33)}3*a}`, '\\\\\\{33*{}3*a}'],
    ['', ''],
  ])('of %j are readable, and mean the same', (bytes, text) => {
    expect(foldBytes(bytes)).toBe(text);
    expect(unescapeBytes(text).toString('latin1')).toBe(bytes);
  });

  it('keep every byte, whatever they are', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seededRandom(seed);
    const alphabet = ['\x1b', '\r', '\n', '\\', '{', '}', '*', '4', 'x', 'a', '\xff'];
    for (let round = 0; round < 500; round += 1) {
      let bytes = '';
      for (let part = 0; part < 6; part += 1) {
        const char = alphabet[Math.floor(random() * alphabet.length)] ?? '';
        const unit = char.repeat(1 + Math.floor(random() * 70)) + (random() < 0.5 ? '\r' : '');
        bytes += unit.repeat(1 + Math.floor(random() * 4));
      }
      const text = foldBytes(bytes);
      expect(unescapeBytes(text).toString('latin1'), `seed ${seed}: ${JSON.stringify(bytes)}`).toBe(bytes);
      expect(text).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it('fill no memory: what stands for too much stays as it is', () => {
    const bomb = '\\{99999*\\{99999*a}}';
    expect(unescapeBytes(bomb).toString('latin1')).toBe(bomb);
    expect(unescapeBytes('\\{0*a}\\{3*').toString('latin1')).toBe('\\{3*');
  });
});
