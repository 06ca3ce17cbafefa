import { describe, expect, it } from 'vitest';
import { formatTrace, type TraceEntry } from '../../src/transport/trace.js';
import { formatTraceHeader, parseTraceHeader, parseTraceLine } from '../../src/transport/trace-format.js';
import { ALL_BYTES } from '../helpers/streams.js';

const ENTRY: TraceEntry = {
  time: 12_345.4,
  at: Date.UTC(2026, 10, 20, 11, 0, 0, 123),
  direction: '>',
  bytes: Buffer.from('AT+CSQ\r\n'),
};

describe('a line of a trace', () => {
  it('is read as it was written', () => {
    for (const entry of [
      ENTRY,
      { ...ENTRY, direction: '<' as const, bytes: ALL_BYTES },
      { ...ENTRY, bytes: Buffer.from('\r\n> ') },
      { ...ENTRY, bytes: Buffer.alloc(0) },
    ]) {
      expect(parseTraceLine(formatTrace(entry))).toEqual({ ...entry, time: 12_345 });
    }
  });

  it('may begin with its port', () => {
    const line = `tcp://192.0.2.7:4001 ${formatTrace(ENTRY)}`;
    expect(parseTraceLine(line)).toMatchObject({ port: 'tcp://192.0.2.7:4001', direction: '>' });
  });

  it.each([
    '',
    'AT+CSQ',
    '# a comment',
    '2026-11-20T11:00:00.123Z > AT',
    '2026-13-20T11:00:00.123Z +0.000 > AT',
    '2026-11-20T11:00:00.123Z +12 > AT',
    '2026-11-20T11:00:00.123Z +0.000 ! AT',
    'a b 2026-11-20T11:00:00.123Z +0.000 > AT',
  ])('is not %j', (line) => {
    expect(parseTraceLine(line)).toBeUndefined();
  });
});

describe('the header of a trace', () => {
  it('is one line of words that can be searched for', () => {
    const header = {
      version: 1,
      start: ENTRY.at,
      program: '0.1.0',
      port: '/dev/serial/by id/ü',
      masked: true,
    };
    const line =
      '# atmqtt trace 1 start=2026-11-20T11:00:00.123Z program=0.1.0 port=/dev/serial/by\\x20id/\\xc3\\xbc secrets=masked';
    expect(formatTraceHeader(header)).toBe(line);
    expect(parseTraceHeader(line)).toEqual(header);
  });

  it('needs no more than its version', () => {
    expect(parseTraceHeader('# atmqtt trace 1')).toEqual({ version: 1 });
    expect(parseTraceHeader('# atmqtt trace 1 secrets=shown new=x')).toEqual({ version: 1, masked: false });
  });

  it.each(['# atmqtt trace', '# atmqtt trace x', '# atmqtt trace 1 words', '# source: M'])(
    'is not %j',
    (line) => {
      expect(parseTraceHeader(line)).toBeUndefined();
    },
  );
});
