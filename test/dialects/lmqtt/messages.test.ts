import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Channel } from '../../../src/at/channel.js';
import type { CountedHeader, Line } from '../../../src/at/line.js';
import { READ } from '../../../src/dialects/lmqtt/message-commands.js';
import {
  ANNOUNCED_MESSAGE,
  BARE_HEX_MESSAGE,
  COUNTED_MESSAGE,
  HEX_MESSAGE,
  LINE_MESSAGE,
  messageUrc,
  SESSION_STATUS,
} from '../../../src/dialects/lmqtt/messages.js';
import { memoryLink } from '../../../src/transport/memory.js';
import { bytesOf, linesOf, readTranscript } from '../../helpers/transcript.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** The counted line at the start of the text, with quotes around its payload stripped, and what follows it. */
function takeCounted(header: CountedHeader | undefined, text: string): { line: Line; rest: string } {
  const span = header?.(text);
  if (span === undefined) throw new Error('no counted header');
  const quoted = text[span.start] === '"' && text[span.start + span.length + 1] === '"' ? 1 : 0;
  const start = span.start + quoted;
  return {
    line: { text: text.slice(0, span.start), payload: bytes(text.slice(start, start + span.length)) },
    rest: text.slice(start + span.length + quoted),
  };
}

describe('counted messages', () => {
  const steps = readTranscript('message-counted').steps.map((step) => step.bytes.toString('latin1').slice(2));

  it.each([
    [0, 'RECV,0,5,"cmd/x",15,', { messageId: 5, payload: bytes('a\r\nb",5,"c\x00\xff\r\nz') }],
    [1, 'RECV,0,6,"cmd/x",7,', { messageId: 6, payload: bytes('{"a":1}') }],
    [2, 'RECV,0,0,"cmd/x",0,', { messageId: 0, payload: bytes('') }],
  ])('line %i', (index, header, value) => {
    const { line, rest } = takeCounted(COUNTED_MESSAGE.counted, steps[index] ?? '');
    const message = { id: 0, topic: 'cmd/x', ...value };
    expect(rest).toBe('\r\n');
    expect(line.text).toBe(`+LMQTTURC: ${header}`);
    expect(COUNTED_MESSAGE.parse(line)).toEqual(message);
    expect(COUNTED_MESSAGE.format(message)).toEqual(line);
  });

  it('writes text and payload as they stand in the transcript', () => {
    const { text, payload } = COUNTED_MESSAGE.format({
      id: 0,
      messageId: 5,
      topic: 'cmd/x',
      payload: bytes('a\r\nb",5,"c\x00\xff\r\nz'),
    });
    expect(`${text}${payload?.toString('latin1')}\r\n`).toBe(steps[0]);
  });

  it.each([
    ['a false header in the payload', '+LMQTTURC: RECV,0,1,"t",3,"t",5,abcde', 26, 3],
    ['no space', '+LMQTTURC:RECV,0,1,"t",3,abc', 25, 3],
    ['a topic with commas', '+LMQTTURC: RECV,0,1,"a,5,b",3,abc', 30, 3],
    ['the largest payload', '+LMQTTURC: RECV,4,65535,"t",8000,x', 33, 8000],
  ])('header with %s', (_name, text, start, length) => {
    expect(COUNTED_MESSAGE.counted?.(text)).toEqual({ start, length });
  });

  it.each([
    ['a length beyond 8000', '+LMQTTURC: RECV,0,1,"t",8001,x'],
    ['a length of six digits', '+LMQTTURC: RECV,0,1,"t",000005,x'],
    ['a msgID beyond 65535', '+LMQTTURC: RECV,0,65536,"t",3,abc'],
    ['a connection beyond 4', '+LMQTTURC: RECV,5,1,"t",3,abc'],
    ['no length', '+LMQTTURC: RECV,0,1,"t",{"a":5,"b":"c"}'],
    ['a quoted payload that looks like one', '+LMQTTURC: RECV,0,1,"t","x",5,abcde'],
    ['an empty topic', '+LMQTTURC: RECV,0,1,"",3,abc'],
    ['an unclosed topic', '+LMQTTURC: RECV,0,1,"t\r\n",3,abc'],
    ['an announcement', '+LMQTTURC: RECV,0,1'],
    ['a status', '+LMQTTURC: STATS,0,1'],
  ])('no header: %s', (_name, text) => {
    expect(COUNTED_MESSAGE.counted?.(text)).toBeUndefined();
  });

  it.each([
    ['no payload', { text: '+LMQTTURC: RECV,0,1,"t",3,' }],
    ['another length', { text: '+LMQTTURC: RECV,0,1,"t",3,', payload: bytes('ab') }],
    ['text behind the length', { text: '+LMQTTURC: RECV,0,1,"t",3,a', payload: bytes('abc') }],
  ])('no message: %s', (_name, line) => {
    expect(COUNTED_MESSAGE.parse(line)).toBeUndefined();
  });

  it('reads a topic of UTF-8', () => {
    const line = COUNTED_MESSAGE.format({ id: 0, messageId: 1, topic: 'données/温度', payload: bytes('x') });
    expect(line.text).toBe('+LMQTTURC: RECV,0,1,"donn\xc3\xa9es/\xe6\xb8\xa9\xe5\xba\xa6",1,');
    expect(COUNTED_MESSAGE.parse(line)).toMatchObject({ topic: 'données/温度' });
  });
});

describe('hex messages', () => {
  const [withLength = '', withoutLength = ''] = linesOf('message-hex', '<');
  const payload = Buffer.from([0x00, 0x0d, 0x0a, 0xff]);

  it('with the length, both ways', () => {
    const message = { id: 0, messageId: 7, topic: 'cmd/x', payload };
    expect(HEX_MESSAGE.parse({ text: withLength })).toEqual(message);
    expect(HEX_MESSAGE.format(message)).toEqual({ text: withLength });
  });

  it('without the length, in small letters', () => {
    expect(HEX_MESSAGE.parse({ text: withoutLength })).toEqual({
      id: 0,
      messageId: 8,
      topic: 'cmd/x',
      payload,
    });
  });

  it.each([
    ['digits alone are a payload', '+LMQTTURC: RECV,0,1,"t",1234', '1234'],
    ['quotes', '+LMQTTURC: RECV,0,1,"t",2,"0aFF"', '0aff'],
    ['empty', '+LMQTTURC: RECV,0,1,"t",0,', ''],
  ])('%s', (_name, text, hex) => {
    expect(HEX_MESSAGE.parse({ text })?.payload.toString('hex')).toBe(hex);
  });

  it.each([
    ['an odd number of digits', '+LMQTTURC: RECV,0,1,"t",123'],
    ['no hex', '+LMQTTURC: RECV,0,1,"t",{"a":1}'],
    ['a length that does not agree', '+LMQTTURC: RECV,0,1,"t",4,0AFF'],
    ['an announcement', '+LMQTTURC: RECV,0,1'],
  ])('none: %s', (_name, text) => {
    expect(HEX_MESSAGE.parse({ text })).toBeUndefined();
  });
});

describe('hex messages without a length', () => {
  const [, withoutLength = ''] = linesOf('message-hex', '<');
  const message = { id: 0, messageId: 8, topic: 'cmd/x', payload: Buffer.from([0x00, 0x0d, 0x0a, 0xff]) };

  it('both ways', () => {
    expect(BARE_HEX_MESSAGE.parse({ text: withoutLength })).toEqual(message);
    expect(BARE_HEX_MESSAGE.format(message)).toEqual({ text: '+LMQTTURC: RECV,0,8,"cmd/x",000D0AFF' });
    const empty = { ...message, payload: Buffer.alloc(0) };
    expect(BARE_HEX_MESSAGE.format(empty)).toEqual({ text: '+LMQTTURC: RECV,0,8,"cmd/x",' });
    expect(BARE_HEX_MESSAGE.parse({ text: '+LMQTTURC: RECV,0,8,"cmd/x",' })).toEqual(empty);
  });

  it.each([
    ['an odd number of digits', '+LMQTTURC: RECV,0,1,"t",123'],
    ['no hex', '+LMQTTURC: RECV,0,1,"t",{"a":1}'],
    ['an announcement', '+LMQTTURC: RECV,0,1'],
    ['a status', '+LMQTTURC: STATS,0,1'],
  ])('none: %s', (_name, text) => {
    expect(BARE_HEX_MESSAGE.parse({ text })).toBeUndefined();
  });

  it.each([1, 3, 4096])('come out of a channel in pieces of %i bytes, between garbage and URCs', (size) => {
    const [host, module] = memoryLink();
    module.on('error', () => {});
    const channel = new Channel(host, { wakeAfter: 0 });
    onTestFinished(() => channel.close());
    const got: unknown[] = [];
    channel.onUrc(BARE_HEX_MESSAGE, ({ payload }) => got.push(payload.toString('hex')));
    channel.onUrc(SESSION_STATUS, ({ status }) => got.push(status));
    const wire =
      '\x00\xff\x80\r\n+LMQTTURC: RECV,0,8,"cmd/x",000D0AFF\r\n\r\n+CGEV: ME PDN ACT 1\r\n' +
      '\r\n+LMQTTURC: RECV,0,9,"a,5,b","4f4B"\r\n\xfe\r\n+LMQTTURC: RECV,0,10,"t",ABC\r\n' +
      '\r\n+LMQTTURC: STATS,0,1\r\n\r\n+LMQTTURC: RECV,0,11,"t",0d0a4f4b0d0a\r\n';
    for (let at = 0; at < wire.length; at += size) module.write(bytes(wire.slice(at, at + size)));
    module.write(bytes('\r\n+LMQTTURC: RECV,0,12,"t",\r\n'));
    return vi
      .waitUntil(() => got.length >= 5)
      .then(() => {
        expect(got).toEqual(['000d0aff', '4f4b', 1, '0d0a4f4b0d0a', '']);
      });
  });
});

describe('messages in line mode', () => {
  it.each([
    [0, 1, 'standard-config/861326070275653/var_write', '{"control":1,"message_id":"t1"}'],
    [1, 2, 'cmd/x', 'on'],
    [2, 3, 'cmd/x', '{"a":1}'],
    [3, 4, 'cmd/x', '"a",5,b'],
  ])('line %i', (index, messageId, topic, payload) => {
    const text = linesOf('message-line', '<')[index] ?? '';
    expect(LINE_MESSAGE.parse({ text })).toEqual({ id: 0, messageId, topic, payload: bytes(payload) });
  });

  it.each([
    [0, 1, 'standard-config/861326070275653/var_write', '{"control":1,"message_id":"t1"}'],
    [3, 4, 'cmd/x', '"a",5,b'],
  ])('line %i as the module sends it', (index, messageId, topic, payload) => {
    const line = LINE_MESSAGE.format({ id: 0, messageId, topic, payload: bytes(payload) });
    expect(line).toEqual({ text: linesOf('message-line', '<')[index] });
  });

  it('stands before the OK in the same read', () => {
    const text = linesOf('result-before-ok', '<')[1] ?? '';
    expect(LINE_MESSAGE.parse({ text })).toEqual({
      id: 0,
      messageId: 1,
      topic: 'cmd/861326070275653',
      payload: bytes('{"control":1,"message_id":"t1"}'),
    });
  });

  it.each([
    ['a quote at the start alone', '"a', '"a'],
    ['one single quote', '"', '"'],
    ['two quotes', '""', ''],
    ['nothing', '', ''],
    ['spaces', '  x ', '  x '],
  ])('keeps %s', (_name, wire, payload) => {
    const message = LINE_MESSAGE.parse({ text: `+LMQTTURC: RECV,0,1,"t",${wire}` });
    expect(message?.payload.toString('latin1')).toBe(payload);
  });

  it('takes neither an announcement nor a counted line', () => {
    expect(LINE_MESSAGE.parse({ text: '+LMQTTURC: RECV,0,1' })).toBeUndefined();
    expect(LINE_MESSAGE.parse({ text: '+LMQTTURC: RECV,0,1,"t",1,', payload: bytes('x') })).toBeUndefined();
  });
});

describe('announced messages', () => {
  const transcript = readTranscript('message-announced');

  it('are announced by their msgID', () => {
    const text = transcript.steps[0]?.bytes.toString('latin1').trim() ?? '';
    expect(ANNOUNCED_MESSAGE.parse({ text })).toEqual({ id: 0, messageId: 9 });
    expect(ANNOUNCED_MESSAGE.format({ id: 0, messageId: 9 })).toEqual({ text });
  });

  it.each(['+LMQTTURC: RECV,0,1,"t",x', '+LMQTTURC: RECV,0', '+LMQTTURC: STATS,0,1'])(
    '%s is none',
    (text) => {
      expect(ANNOUNCED_MESSAGE.parse({ text })).toBeUndefined();
    },
  );

  it('are fetched as a counted response', () => {
    const received = bytesOf(transcript, '<').toString('latin1');
    const { line, rest } = takeCounted(READ.response.counted, received.slice(received.indexOf('+LMQTTREAD')));
    const message = { id: 0, messageId: 9, topic: 'cmd/x', payload: bytes('a\r\nb"c') };
    expect(rest).toBe('\r\n\r\nOK\r\n');
    expect(READ.response.owns(line.text)).toBe(true);
    expect(READ.response.parse([line])).toEqual(message);
    expect(READ.response.format(message)).toEqual([line]);
  });

  it('are not mixed up with messages that come by themselves', () => {
    expect(READ.response.owns('+LMQTTURC: RECV,0,9,"cmd/x",6,')).toBe(false);
    expect(READ.response.owns('+LMQTTREAD: 0,9,"cmd/x",6,a')).toBe(false);
    expect(COUNTED_MESSAGE.counted?.('+LMQTTREAD: 0,9,"cmd/x",6,abcdef')).toBeUndefined();
  });
});

it('messageUrc gives the declaration of a format', () => {
  expect(messageUrc('counted')).toBe(COUNTED_MESSAGE);
  expect(messageUrc('hex')).toBe(HEX_MESSAGE);
  expect(messageUrc('line')).toBe(LINE_MESSAGE);
});
