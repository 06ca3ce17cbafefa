import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Digester, type DigesterOptions } from '../../src/at/digester.js';
import { ANGLE_SPACE, type CountedHeader, type Prompt } from '../../src/at/line.js';

/** `+RECV: <topic>,<length>,<payload>`. */
const recv: CountedHeader = (text) => {
  const match = /^\+RECV: \w+,(\d+),/.exec(text);
  return match === null ? undefined : { start: match[0].length, length: Number(match[1]) };
};

type Event = string | readonly [text: string, payload: string];

/** What the digester says to these chunks (latin1): lines as text, `PROMPT`, `dropped <reason> <bytes>`. */
function digest(
  chunks: readonly string[],
  options: DigesterOptions & { prompt?: boolean | Prompt } = {},
): Event[] {
  const events: Event[] = [];
  const digester = new Digester(
    {
      line: ({ text, payload }) => {
        events.push(payload === undefined ? text : [text, payload.toString('latin1')]);
      },
      prompt: () => events.push('PROMPT'),
      dropped: (reason, bytes) => events.push(`dropped ${reason} ${bytes}`),
    },
    { countedHeaders: () => [recv], ...options },
  );
  digester.expectedPrompt = options.prompt === true ? ANGLE_SPACE : options.prompt || undefined;
  for (const chunk of chunks) digester.push(Buffer.from(chunk, 'latin1'));
  return events;
}

const TABLE: ReadonlyArray<readonly [name: string, wire: string, events: readonly Event[]]> = [
  ['an answer', '\r\n+CSQ: 27,99\r\n\r\nOK\r\n', ['+CSQ: 27,99', 'OK']],
  ['an echo', 'AT\r\r\nOK\r\n', ['AT', 'OK']],
  ['result codes as whole lines', 'LOOK\r\nERRORLOG v1\r\n', ['LOOK', 'ERRORLOG v1']],
  ['a boot line that ends in LF', "^boot.rom'v\x80!\n", ["^boot.rom'v\x80!"]],
  ['garbage before a line', '\x00\xff\xfe\r\nOK\r\n', ['dropped garbage 3', 'OK']],
  ['garbage glued to a line', '\x00\xffOK\r\n', ['dropped garbage 2', 'OK']],
  ['a raw payload', '\r\n+RECV: t,5,a"b,c\r\n', [['+RECV: t,5,', 'a"b,c']]],
  ['a quoted payload', '+RECV: t,3,"abc"\r\n', [['+RECV: t,3,', 'abc']]],
  ['a raw payload that begins with a quote', '+RECV: t,3,"ab\r\n', [['+RECV: t,3,', '"ab']]],
  ['a raw payload in quotes', '+RECV: t,5,"abc"\r\n', [['+RECV: t,5,', '"abc"']]],
  ['a quoted payload of quotes', '+RECV: t,2,""""\r\n', [['+RECV: t,2,', '""']]],
  ['an empty payload', '+RECV: t,0,\r\n', [['+RECV: t,0,', '']]],
  ['an empty quoted payload', '+RECV: t,0,""\r\n', [['+RECV: t,0,', '']]],
  ['OK within a payload', '+RECV: t,6,\r\nOK\r\n\r\nOK\r\n', [['+RECV: t,6,', '\r\nOK\r\n'], 'OK']],
  ['a prompt within a payload', '+RECV: t,8,a\r\n> b\r\n\r\n', [['+RECV: t,8,', 'a\r\n> b\r\n']]],
  ['line ends only', '+RECV: t,4,\r\n\r\n\r\nOK\r\n', [['+RECV: t,4,', '\r\n\r\n'], 'OK']],
  ['a quoted payload that ends in LF', '+RECV: t,3,"ab\n"\r\n', [['+RECV: t,3,', 'ab\n']]],
  ['all kinds of bytes', '+RECV: t,6,\x00\r\n\x1a"\xff\r\n', [['+RECV: t,6,', '\x00\r\n\x1a"\xff']]],
  ['a count too small', '+RECV: t,2,abc\r\nOK\r\n', ['dropped out-of-step 16', 'OK']],
  ['a count too large', '+RECV: t,8,abc\r\n\r\nOK\r\nRDY\r\n', ['dropped out-of-step 22', 'RDY']],
  ['lines that end in LF alone', '\n+CSQ: 27,99\n\nOK\n', ['+CSQ: 27,99', 'OK']],
  [
    'payloads among them',
    '\n+RECV: t,3,a\r\n\nOK\n\n+RECV: t,3,"abc"\n',
    [['+RECV: t,3,', 'a\r\n'], 'OK', ['+RECV: t,3,', 'abc']],
  ],
  ['a payload that LF alone ends', '+RECV: t,3,abc\nOK\r\n', ['dropped out-of-step 15', 'OK']],
  ['no prompt, as none is expected', '\r\n> \r\nOK\r\n', ['> ', 'OK']],
];

const PROMPTS: ReadonlyArray<readonly [name: string, wire: string, events: readonly Event[]]> = [
  ['a prompt', '\r\n> ', ['PROMPT']],
  ['a prompt after the echo', 'AT+X=1\r\r\n> ', ['AT+X=1', 'PROMPT']],
  ['a URC before the prompt', '\r\n+CEREG: 1\r\n\r\n> ', ['+CEREG: 1', 'PROMPT']],
  ['a URC behind the prompt', '\r\n> +CEREG: 1\r\n', ['PROMPT', '+CEREG: 1']],
  ['a refusal', '\r\nERROR\r\n', ['ERROR']],
  ['garbage before the prompt', '\r\n\x00> ', ['dropped garbage 1', 'PROMPT']],
  ['a sign within a line', '\r\na> b\r\n', ['a> b']],
  [
    'a prompt within a payload, then the prompt',
    '+RECV: t,6,\r\n> x\r\r\n\r\n> ',
    [['+RECV: t,6,', '\r\n> x\r'], 'PROMPT'],
  ],
];

describe.each([
  ['without a prompt to come', TABLE, false],
  ['with a prompt to come', PROMPTS, true],
])('Digester %s', (_, table, prompt) => {
  it.each(table)('%s', (_name, wire, events) => {
    expect(digest([wire], { prompt })).toEqual(events);
  });

  it.each(table)('%s, one byte at a time', (_name, wire, events) => {
    expect(digest([...wire], { prompt })).toEqual(events);
  });

  it.each(table)('%s, between URCs', (_name, wire, events) => {
    const before = '\xff\r\n+CEREG: 2\r\n';
    const expected = ['dropped garbage 1', '+CEREG: 2', ...events, '+CTZEU: 1'];
    expect(digest([`${before}${wire}`, '\r\n+CTZEU: 1\r\n'], { prompt })).toEqual(expected);
  });

  it('says the same for any chunking', () => {
    const wires = table.map(([, wire]) => wire);
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.shuffledSubarray(wires), cuts, (parts, sizes) => {
        const wire = parts.map((part) => `\r\n${part}\r\n`).join('');
        expect(digest(cut(wire, sizes), { prompt })).toEqual(digest([...wire], { prompt }));
      }),
    );
  });
});

/** The text in chunks of these sizes, over and over. */
function cut(text: string, sizes: readonly number[]): string[] {
  const chunks: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(text.slice(at, at + size));
    at += size;
  }
  return chunks;
}

describe('Digester and counted payloads', () => {
  it('gives back any payload in any chunking, raw or quoted, and what comes behind it', () => {
    const payloads = fc.array(
      fc.constantFrom('\r', '\n', '"', '>', ' ', 'O', 'K', ',', '\x00', '\xff', '\x1a'),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(payloads, fc.boolean(), cuts, (bytes, quoted, sizes) => {
        const payload = bytes.join('');
        const body = quoted ? `"${payload}"` : payload;
        const wire = `\r\n+RECV: t,${payload.length},${body}\r\n\r\nOK\r\n`;
        expect(digest(cut(wire, sizes), { prompt: true })).toEqual([
          [`+RECV: t,${payload.length},`, payload],
          'OK',
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a length beyond the longest line, as it would swallow all that follows', () => {
    const events = digest(['+RECV: t,999999,abc\r\n', 'OK\r\n'], { maxLine: 100 });
    expect(events).toEqual(['+RECV: t,999999,abc', 'OK']);
  });

  it('gives up what does not come when told to, and goes on', () => {
    const events: string[] = [];
    const digester = new Digester(
      {
        line: ({ text }) => events.push(text),
        prompt: () => {},
        dropped: (reason, bytes) => events.push(`dropped ${reason} ${bytes}`),
      },
      { countedHeaders: () => [recv] },
    );
    digester.push(Buffer.from('+RECV: t,50,ab\r\ncd'));
    expect(digester.counted).toEqual({ header: '+RECV: t,50,', length: 50, text: 'ab\r\n' });
    digester.abandon();
    digester.push(Buffer.from('OK\r\n'));
    expect(digester.counted).toBeUndefined();
    digester.abandon();
    expect(events).toEqual(['dropped incomplete 18', 'OK']);
  });
});

describe('Digester and lines without end', () => {
  it.each([
    ['10 bytes are a line', '0123456789\r\nOK\r\n', ['0123456789', 'OK']],
    ['11 bytes are too long', '0123456789a\r\nOK\r\n', ['OK']],
    ['a flood', `${'x'.repeat(1000)}\r\nOK\r\n`, ['OK']],
    ['a flood of CR', `${'\r'.repeat(1000)}\nOK\r\n`, ['OK']],
    ['a prompt within a flood', `${'x'.repeat(1000)}> y\r\nOK\r\n`, ['OK']],
    ['a payload without line end', `+RECV: t,9,a\nbcdefghij${'x'.repeat(99)}\r\nOK\r\n`, ['OK']],
  ])('with a limit of 10, %s in any chunking', (_name, wire, lines) => {
    const maxLine = wire.startsWith('+') ? 20 : 10;
    for (const size of [1, 2, 3, 5, 7, 11, 12, 13, 64, 2000]) {
      const events = digest(cut(wire, [size]), { maxLine, prompt: true }) as string[];
      const dropped = events.filter((event) => event.startsWith('dropped'));
      expect(events.filter((event) => !dropped.includes(event))).toEqual(lines);
      const bytes = dropped.reduce((sum, event) => sum + Number(event.split(' ')[2]), 0);
      expect(bytes).toBe(lines.length === 2 ? 0 : wire.length - 'OK\r\n'.length);
    }
  });

  it('keeps lines of up to 16 KiB by default, and no tail that is longer', () => {
    const events = digest(['x'.repeat(16_384), '\r\n', 'y'.repeat(16_384), 'y', '\r', 'y']);
    expect(events).toEqual(['x'.repeat(16_384), 'dropped too-long 16386']);
  });

  it('sees a prompt that was there before it was expected', () => {
    let prompts = 0;
    const count = {
      line: () => {},
      dropped: () => {},
      prompt: () => {
        prompts += 1;
      },
    };
    const digester = new Digester(count);
    digester.push(Buffer.from('\r\n> '));
    expect(prompts).toBe(0);
    digester.expectedPrompt = ANGLE_SPACE;
    expect(prompts).toBe(1);
    digester.expectedPrompt = ANGLE_SPACE;
    expect(prompts).toBe(1);
  });
});

describe.each([
  ['in one chunk', (text: string) => [text]],
  ['byte by byte', (text: string) => [...text]],
])('Digester, a prompt glued to a line beyond the limit, %s', (_, cut) => {
  it.each(['> 123456789\r\n', `> ${'x'.repeat(80)}`])('%j', (text) => {
    const events = digest(cut(`\r\n${text}`), { prompt: true, maxLine: 4 });
    expect(events[0]).toBe('PROMPT');
    const dropped = events
      .slice(1)
      .map((event) => Number(/^dropped too-long (\d+)$/.exec(String(event))?.[1]));
    expect(dropped.reduce((sum, bytes) => sum + bytes)).toBeGreaterThanOrEqual(7);
  });
});

it('finds a prompt however much of a line comes behind it in one read', () => {
  expect(digest([`\r\n> ${'x'.repeat(80)}`], { prompt: true })).toEqual(['PROMPT']);
});

it('finds a prompt behind a long line that comes in single bytes', () => {
  const long = 'x'.repeat(100);
  expect(digest([...`${long}\r\n> `], { prompt: true })).toEqual([long, 'PROMPT']);
});

describe('Digester and lines that end in CR alone', () => {
  /** `-`: nothing comes for a while. */
  function digestSlowly(chunks: readonly string[]): Event[] {
    const events: Event[] = [];
    const digester = new Digester(
      {
        line: ({ text, payload }) =>
          events.push(payload === undefined ? text : [text, payload.toString('latin1')]),
        prompt: () => events.push('PROMPT'),
        dropped: (reason, bytes) => events.push(`dropped ${reason} ${bytes}`),
      },
      { countedHeaders: () => [recv] },
    );
    for (const chunk of chunks) {
      if (chunk === '-') digester.settle();
      else digester.push(Buffer.from(chunk, 'latin1'));
    }
    return events;
  }

  it.each<readonly [string, readonly string[], readonly Event[]]>([
    [
      'are read when no LF comes',
      ['AT\r\rOK\r', '-', '\r+CSQ: 27,99\r\rO', 'K\r'],
      ['AT', 'OK', '+CSQ: 27,99', 'OK'],
    ],
    [
      'and payloads among them',
      ['\rOK\r', '-', '\r+RECV: t,3,a\rb\r\rOK\r'],
      ['OK', ['+RECV: t,3,', 'a\rb'], 'OK'],
    ],
    ['not while the LF can be on its way', ['\r\nOK\r', '\n'], ['OK']],
    ['nor on a line that has had an LF', ['\r\nOK\r\na\r', '-', 'b\r\n'], ['OK', 'a\rb']],
    ['until an LF comes', ['AT\r', '-', '\r\nOK\r\na\rb\r\n'], ['AT', 'OK', 'a\rb']],
  ])('%s', (_name, chunks, events) => {
    expect(digestSlowly(chunks)).toEqual(events);
  });
});
