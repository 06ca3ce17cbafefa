import { describe, expect, it } from 'vitest';
import { TraceReader } from '../../src/transport/trace-reader.js';

const FIRST = '2026-11-20T11:00:00.000Z +0.000 > AT\\r\\n';
const SECOND = '2026-11-20T11:00:00.010Z +0.010 < \\r\\nOK\\r\\n';
const HEADER = '# atmqtt trace 1 port=COM3';

/** What is found in a text that comes in pieces of this size. */
function read(text: string, size = text.length): { readonly items: string[]; readonly cutOff: number } {
  const reader = new TraceReader('t.trace');
  const pieces = text.match(new RegExp(`[^]{1,${Math.max(size, 1)}}`, 'g')) ?? [];
  const items = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
  return {
    items: items.map((item) => {
      if (item.kind === 'comment') return `${item.line} ${item.text}`;
      if (item.kind === 'header') return `${item.line} header`;
      return `${item.line} ${item.entry.direction} ${item.entry.bytes}`;
    }),
    cutOff: reader.cutOff,
  };
}

const WHOLE = ['1 header', '2 > AT\r\n', '4 # why', '5 < \r\nOK\r\n'];

describe('the reader of traces', () => {
  it.each([
    ['LF', '\n', ''],
    ['CR LF', '\r\n', ''],
    ['a byte order mark read as latin1', '\n', '\xef\xbb\xbf'],
    ['a byte order mark', '\r\n', '\ufeff'],
  ])('reads a text with %s, cut anywhere', (_what, end, mark) => {
    const text = mark + [HEADER, FIRST, '', '# why', SECOND, ''].join(end);
    for (const size of [1, 7, 1000]) expect(read(text, size)).toEqual({ items: WHOLE, cutOff: 0 });
  });

  it('takes the last line however far it came', () => {
    for (let length = 1; length <= SECOND.length; length += 1) {
      const { items, cutOff } = read(`${FIRST}\n${SECOND.slice(0, length)}`);
      const bytes = /< (.*)$/.exec(SECOND.slice(0, length))?.[1];
      const whole = bytes?.replaceAll('\\r', '\r').replaceAll('\\n', '\n').replace(/\\$/, '');
      expect(items).toEqual(['1 > AT\r\n', ...(whole === undefined ? [] : [`2 < ${whole}`])]);
      expect(cutOff).toBe(whole === undefined ? 1 : 0);
    }
  });

  it('takes no half of an escape for its characters, and no backslash for a half', () => {
    const line = '2026-11-20T11:00:00.000Z +0.000 < a';
    expect(read(`${line}\\x0`).items).toEqual(['1 < a']);
    expect(read(`${line}\\x`).items).toEqual(['1 < a']);
    expect(read(`${line}\\\\`).items).toEqual(['1 < a\\']);
    expect(read(`${line}\\\\\\`).items).toEqual(['1 < a\\']);
    expect(read(`${line}\\\\x0`).items).toEqual(['1 < a\\x0']);
  });

  it('puts a first line aside that is cut off', () => {
    expect(read(`${FIRST.slice(9)}\n${SECOND}\n`)).toEqual({ items: ['2 < \r\nOK\r\n'], cutOff: 1 });
  });

  it.each([
    ['some text\nmore text\n', 't.trace, line 1 is "some text", but'],
    ['some text', 't.trace, line 1 is "some text", but'],
    [`${FIRST}\nsome text\n${SECOND}\n`, 't.trace, line 2 is "some text", but'],
    [`\n\nsome text\n${SECOND}\n`, 't.trace, line 3 is "some text", but'],
    [`${FIRST}\nAT+LMQTTCONN=0,"a","b","s3cret"\n${SECOND}\n`, 'line 2 is "AT+LMQTTCONN=0,"a","b","***'],
    ['x'.repeat(100_000), `line 1 is "${'x'.repeat(60)}…", but`],
    ['# atmqtt trace 2\n', 't.trace is a trace of version 2, but must be of version 1'],
  ])('refuses what is no trace, and says where: %#', (text, message) => {
    const refusal = expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining(message),
    });
    expect(() => read(text, 1000)).toThrow(refusal);
  });

  it('finds nothing in nothing', () => {
    expect(read('')).toEqual({ items: [], cutOff: 0 });
  });
});
