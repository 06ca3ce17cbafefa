import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Received } from '../../src/cli/output.js';
import { formatterFor, parseFormat } from '../../src/cli/sub/format.js';
import { ArgumentError } from '../../src/errors/kinds.js';

const MESSAGE: Received = {
  topic: 'a/ü',
  payload: Buffer.from('{"t":21.5}'),
  messageId: 7,
  time: new Date('2026-11-20T11:22:33.045Z'),
};

/** Ends and starts of years, of ISO years and of days, seconds since 1970. */
const DATES = [
  0, 1_167_609_599, 1_230_767_999, 1_230_768_000, 1_293_839_999, 1_325_375_999, 1_483_228_800, 1_582_934_400,
  1_609_459_199, 1_609_372_800, 1_711_846_800, 1_735_689_600, 1_767_225_600, 1_795_173_753, 1_798_761_599,
  4_102_444_800,
];

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

  it('pads and cuts as mosquitto_sub does', () => {
    expect(format('[%5l] [%-5l] [%05l] [%-05l] [%04m]')).toBe('[   10] [10   ] [00010] [10   ] [0007]');
    expect(format('[%5t] [%-5t] [%05t] [%.2t] [%5.2t]')).toBe('[  a/ü] [a/ü  ] [  a/ü] [a/] [   a/]');
    expect(format('[%12p] [%-12p] [%2p] [%.3p]')).toBe(
      '[  {"t":21.5}] [{"t":21.5}  ] [{"t":21.5}] [{"t":21.5}]',
    );
    expect(format('[%10x] [%010X] [%-10x]', BINARY)).toBe('[  ff00255c] [00FF00255C] [ff00255c  ]');
    expect(format('[%5q] [%5%]')).toBe('[-] [%]');
  });

  it('pads a payload by its bytes, whatever they are', () => {
    expect(parseFormat('%6p')(BINARY).toString('hex')).toBe('2020ff00255c');
  });

  it('has the conversions of strftime behind @', () => {
    vi.stubEnv('TZ', 'Asia/Kolkata');
    expect(format('@Y-@m-@d @H:@M:@S.@N @z @@ @A')).toBe('2026-11-20 16:52:33.045000000 +0530 @ Friday');
  });

  it.skipIf(process.platform !== 'linux')('has the same conversions as the C library', () => {
    // All but %N, of which the clock has three digits, and %Z, for which ICU has other names.
    const letters = 'AaBbCcDdeFGgHhIjklMmnPpRrSsTtUuVWwXxYyz';
    const pattern = [...letters].map((letter) => `%${letter}`).join('|');
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Europe/Berlin']) {
      vi.stubEnv('TZ', zone);
      const environment = { ...process.env, TZ: zone, LC_ALL: 'C' };
      const input = DATES.map((seconds) => `@${seconds}\n`).join('');
      const { stdout } = spawnSync('date', ['-f', '-', `+${pattern}`], { env: environment, input });
      const own = DATES.map((seconds) =>
        format(`${pattern.replaceAll('%', '@')}\n`, { ...MESSAGE, time: new Date(seconds * 1000) }),
      );
      expect(own.join(''), zone).toBe(stdout.toString());
    }
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

  it.each(['%z', '%', '%5', '%-', '%+5l', '%99999t', '%💡', '\\q', '\\', '%R', '@', '@f', '@💡'])(
    'refuses %s',
    (text) => {
      expect(() => parseFormat(text)).toThrow(ArgumentError);
    },
  );

  it('names what it refuses', () => {
    expect(() => parseFormat('%t %A')).toThrow(/^format is "%A", but must be one of %% %t /);
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
