import { describe, expect, it } from 'vitest';
import { PUBLISH } from '../../../src/dialects/lmqtt/message-commands.js';
import { choosePayloadForm, PROFILES } from '../../../src/dialects/lmqtt/profiles.js';
import { readTranscript } from '../../helpers/transcript.js';

const { request, data } = PUBLISH;
const HEAD = { id: 0, messageId: 9, qos: 1, retain: false, topic: 'bin/up' } as const;

describe('data mode', () => {
  const steps = readTranscript('publish-data-mode').steps;
  const line = steps[0]?.bytes.toString('latin1').trimEnd() ?? '';
  const payload = steps[2]?.bytes ?? Buffer.alloc(0);

  it('the TE sends the line, then the bytes', () => {
    const args = { ...HEAD, form: 'data', payload } as const;
    expect(request.format(args)).toBe(line);
    expect(data?.payload(args)).toEqual(payload);
    expect(data?.length(args)).toBe(6);
  });

  it('the TA learns the length from the line, then attaches the bytes', () => {
    const parsed = request.parse(line);
    expect(parsed).toEqual({ ...HEAD, form: 'data', payload: Buffer.alloc(0), length: 6 });
    if (parsed === undefined) throw new Error('not parsed');
    expect(data?.length(parsed)).toBe(6);
    expect(data?.attach(parsed, payload)).toEqual({ ...HEAD, form: 'data', payload });
  });

  it('asks for no bytes in the other forms', () => {
    for (const form of ['inline', 'hex'] as const) {
      expect(data?.payload({ ...HEAD, form, payload: Buffer.from('ab') })).toBeUndefined();
      expect(data?.length({ ...HEAD, form, payload: Buffer.from('ab') })).toBeUndefined();
    }
  });

  it('takes up to 8000 bytes', () => {
    const format = (length: number) =>
      request.format({ ...HEAD, form: 'data', payload: Buffer.alloc(length) });
    expect(format(8000)).toBe('AT+LMQTTPUB=0,9,1,0,"bin/up",8000');
    expect(() => format(8001)).toThrow('payload is 8001 bytes long, but must be 1 to 8000 bytes long');
    expect(() => format(0)).toThrow('payload is 0 bytes long, but');
  });
});

describe('the TA counts an inline payload', () => {
  const parse = (rest: string) => request.parse(`AT+LMQTTPUB=0,9,1,0,"t",${rest}`);

  it.each([
    ['quotes and commas', '9,"a","b",5,"', 'a","b",5,'],
    ['nothing', '0,""', ''],
    ['bytes above 0x7f', '2,"\xc3\xa9"', '\xc3\xa9'],
    ['digits that could be hex', '4,"00FF"', '00FF'],
    ['control characters', '5,"\t\n\0\r\x1b"', '\t\n\0\r\x1b'],
  ])('%s', (_name, rest, payload) => {
    expect(parse(rest)).toMatchObject({ form: 'inline', payload: Buffer.from(payload, 'latin1') });
  });

  it.each([
    ['one byte short', '3,"ab"'],
    ['one byte more', '1,"xy"'],
    ['no closing quote', '2,"ab'],
    ['something behind the closing quote', '2,"ab"x'],
    ['no quotes', '2,ab'],
    ['a comma alone', '2,'],
    ['data mode without bytes', '0'],
    ['a length beyond 8000', '8001'],
    ['a negative length', '-1'],
    ['hex with an odd digit', '2,"00F"'],
    ['hex with a letter beyond F', '2,"00FG"'],
  ])('refuses %s', (_name, rest) => {
    expect(parse(rest)).toBeUndefined();
  });

  it.each([
    ['QoS 3', 'AT+LMQTTPUB=0,9,3,0,"t",1,"x"'],
    ['retain 2', 'AT+LMQTTPUB=0,9,1,2,"t",1,"x"'],
    ['msgID 0 with QoS 1', 'AT+LMQTTPUB=0,0,1,0,"t",1,"x"'],
    ['msgID 65536', 'AT+LMQTTPUB=0,65536,1,0,"t",1,"x"'],
    ['a topic without quotes', 'AT+LMQTTPUB=0,9,1,0,t,1,"x"'],
    ['a topic with a wildcard', 'AT+LMQTTPUB=0,9,1,0,"t/#",1,"x"'],
    ['no retain', 'AT+LMQTTPUB=0,9,1,"t",1,"x"'],
  ])('refuses %s', (_name, line) => {
    expect(request.parse(line)).toBeUndefined();
  });
});

describe('the form of a payload', () => {
  it.each([
    ['nt26', 'x'.repeat(1024), 'inline'],
    ['nt26', 'x'.repeat(1025), 'data'],
    ['nt35e', 'x'.repeat(1460), 'inline'],
    ['nt35e', 'x'.repeat(1461), 'data'],
    ['nt26', 'x'.repeat(8000), 'data'],
    ['nt26', '{"a":"b"}', 'inline'],
    ['nt26', '', 'inline'],
    ['nt26', 'a\r\nb', 'data'],
    ['nt26', 'a\x00', 'data'],
    ['nt26', '\x7f', 'data'],
    ['nt26', '\xe9', 'data'],
  ] as const)('%s, %j: %s', (name, payload, form) => {
    expect(choosePayloadForm(Buffer.from(payload, 'latin1'), PROFILES[name])).toBe(form);
  });

  it('is hex where the profile says so, within half the inline limit', () => {
    const profile = { ...PROFILES.nt26, sendFormat: 'hex' } as const;
    expect(choosePayloadForm(Buffer.alloc(512), profile)).toBe('hex');
    expect(() => choosePayloadForm(Buffer.alloc(513), profile)).toThrow('0 to 512 bytes long');
  });

  it('refuses what no form can carry', () => {
    expect(() => choosePayloadForm(Buffer.alloc(8001), PROFILES.nt26)).toThrow(
      'payload is 8001 bytes long, but must be 0 to 8000 bytes long',
    );
  });
});

it('the profiles hold what the manual says of the modules', () => {
  expect(PROFILES.nt26).toEqual({
    name: 'nt26',
    inlineLimit: 1024,
    payloadLimit: 8000,
    zeroMessageIdForQos0: false,
    unsubscribeResultName: '+LMQTTSUBUNSUB',
    sendFormat: 'text',
    keepsTriple: false,
  });
  expect(PROFILES.nt35e).toEqual({
    name: 'nt35e',
    inlineLimit: 1460,
    payloadLimit: 8000,
    zeroMessageIdForQos0: true,
    unsubscribeResultName: '+LMQTTUNSUNSUB',
    sendFormat: 'text',
    keepsTriple: false,
  });
});
