import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Received } from '../../src/cli/json-message.js';
import { parseFormat } from '../../src/cli/sub/format.js';
import { formatterFor } from '../../src/cli/sub/print.js';
import { ArgumentError } from '../../src/errors/kinds.js';

const MESSAGE: Received = {
  topic: 'a/ü',
  payload: Buffer.from('{"t":21.5}'),
  messageId: 7,
  time: new Date('2026-11-20T11:22:33.045Z'),
};

const BINARY: Received = { ...MESSAGE, payload: Buffer.from([0xff, 0x00, 0x25, 0x5c]) };

function format(text: string, message = MESSAGE): string {
  return parseFormat(text)(message).toString();
}

afterEach(() => void vi.unstubAllEnvs());

describe('-F', () => {
  it('has the conversions of mosquitto_sub', () => {
    expect(format('%t %p')).toBe('a/ü {"t":21.5}');
    expect(format('%l %m %%')).toBe('10 7 %');
    expect(format('%x', BINARY)).toBe('ff00255c');
    expect(format('%X', BINARY)).toBe('FF00255C');
    expect(format('%U')).toBe('1795173753.045000000');
  });

  it('prints - for what the AT interface does not tell', () => {
    expect(format('q%q r%r')).toBe('q- r-');
  });

  it('prints the local time with its offset', () => {
    vi.stubEnv('TZ', 'Asia/Kolkata');
    expect(format('%I')).toBe('2026-11-20T16:52:33+0530');
    vi.stubEnv('TZ', 'America/St_Johns');
    expect(format('%I')).toBe('2026-11-20T07:52:33-0330');
    vi.stubEnv('TZ', 'UTC');
    expect(format('%I')).toBe('2026-11-20T11:22:33+0000');
  });

  it('prints a message as JSON, its payload as text or parsed', () => {
    vi.stubEnv('TZ', 'UTC');
    const start = '{"tst":"2026-11-20T11:22:33+0000","topic":"a/ü","mid":7,"payloadlen":';
    expect(format('%j')).toBe(`${start}10,"payload":"{\\"t\\":21.5}"}`);
    expect(format('%J')).toBe(`${start}10,"payload":{"t":21.5}}`);
    expect(format('%J', BINARY)).toBe(`${start}4,"payloadBase64":"/wAlXA=="}`);
    expect(format('%J', { ...MESSAGE, payload: Buffer.from('no JSON') })).toBe(
      `${start}7,"payload":"no JSON"}`,
    );
  });

  it('knows the escapes, and leaves other text alone', () => {
    expect(format('\\\\ \\0\\a\\e\\n\\r\\t\\v')).toBe('\\ \0\x07\x1b\n\r\t\v');
    expect(format('π: 💡\n')).toBe('π: 💡\n');
    expect(format('')).toBe('');
  });

  it('gives the bytes of a payload exactly, whatever stands around it', () => {
    expect(parseFormat('[%p]')(BINARY).toString('hex')).toBe('5bff00255c5d');
  });

  it.each(['%z', '%', '%💡', '\\q', '\\', '%R'])('refuses %s', (text) => {
    expect(() => parseFormat(text)).toThrow(ArgumentError);
  });

  it('names what it refuses', () => {
    expect(() => parseFormat('%t %A')).toThrow(/^format: "%A" is refused, it must be one of %% %t /);
  });
});

describe('how messages are printed', () => {
  it('adds a line end unless -N is given', () => {
    expect(formatterFor({ eol: true })(BINARY).toString('hex')).toBe('ff00255c0a');
    expect(formatterFor({ eol: false })(BINARY).toString('hex')).toBe('ff00255c');
    expect(formatterFor({ eol: false, verbose: true })(MESSAGE).toString()).toBe('a/ü {"t":21.5}');
    expect(formatterFor({ eol: true, format: '%t' })(MESSAGE).toString()).toBe('a/ü\n');
  });

  it('ends every JSON object with a line end', () => {
    const line = formatterFor({ eol: false, json: true })(BINARY).toString();
    expect(line).toBe(
      '{"time":"2026-11-20T11:22:33.045Z","topic":"a/ü","messageId":7,"bytes":4,"payloadBase64":"/wAlXA=="}\n',
    );
  });
});
