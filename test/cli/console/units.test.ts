import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { withBaudRate } from '../../../src/cli/baud-rate.js';
import { dotNames } from '../../../src/cli/console/dot/dot-names.js';
import { History, Macros, stateFile } from '../../../src/cli/console/kept.js';
import { hexDump, readable, typedBytes } from '../../../src/cli/console/readable.js';
import { firstWord, splitWords } from '../../../src/cli/console/typed-line.js';
import { itemLines, TimeStamps } from '../../../src/cli/console/view.js';
import { noPaint } from '../../../src/cli/terminal.js';
import { didYouMean } from '../../../src/util/did-you-mean.js';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function fileIn(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'atmqtt-console-'));
  folders.push(folder);
  return join(folder, 'deep', name);
}

describe('words', () => {
  it('are held together by quotes, and freed by a backslash', () => {
    expect(splitWords(` -i 'my id' "a \\"b\\"" c\\ d '' `)).toEqual(['-i', 'my id', 'a "b"', 'c d', '']);
    expect(firstWord(`up/x  {"t": "a  b"}`)).toEqual({ word: 'up/x', rest: '{"t": "a  b"}' });
    expect(firstWord('  ')).toBeUndefined();
    expect(() => splitWords(`"open`)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('are guessed when they are misspelt, but not at random', () => {
    expect(didYouMean('.conect', dotNames())).toBe('.connect');
    expect(didYouMean('.stauts', dotNames())).toBe('.status');
    expect(didYouMean('.disc', dotNames())).toBe('.disconnect');
    expect(didYouMean('.xyzzy', dotNames())).toBeUndefined();
  });
});

describe('bytes', () => {
  it('are typed as text, or as hex, or with escapes', () => {
    expect(typedBytes('grüße \\x00', false).toString()).toBe('grüße \\x00');
    expect(typedBytes('48 65 6c', true)).toEqual(Buffer.from('Hel'));
    expect(typedBytes('4865 6C', true)).toEqual(Buffer.from('Hel'));
    expect(typedBytes('a\\x00\\xff\\r\\n\\\\é', true)).toEqual(
      Buffer.from([0x61, 0, 0xff, 13, 10, 0x5c, 0xc3, 0xa9]),
    );
    expect(typedBytes('486', true)).toEqual(Buffer.from('486'));
  });

  it('never move the cursor when they are shown', () => {
    expect(readable('\x1b[2J')).toBe('\\x1b[2J');
    expect(readable(Buffer.from('grüße').toString('latin1'))).toBe('grüße');
    expect(readable('\xff\x00')).toBe('\\xff\\x00');
    expect(hexDump(Buffer.from('0123456789abcdef\x1b'))).toEqual([
      '30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0123456789abcdef|',
      '1b                                               |.|',
    ]);
  });
});

describe('a long run of a byte', () => {
  const look = { paint: noPaint, stamp: '', hex: false, typed: false, wrap: (line: string) => [line] };
  const shown = (text: string, bytes?: Buffer) =>
    itemLines({ role: 'response', text, bytes, words: undefined }, look);

  it('is folded in lines and payloads', () => {
    expect(shown('\x1b'.repeat(4282))).toEqual(['\\{4282*\\x1b}']);
    expect(shown('+X: 1,', Buffer.alloc(8000, 'x'))).toEqual(['+X: 1,\\{8000*x}']);
    expect(shown('+X: "C:\\{3*a}"')).toEqual(['+X: "C:\\{3*a}"']);
    const random = Buffer.from(Array.from({ length: 3000 }, (_, index) => 97 + (index % 26)));
    expect(shown('+X: 1,', random)[0]).toMatch(/… and 952 bytes more$/);
  });

  it('is a row and a number in a dump', () => {
    const bytes = Buffer.concat([Buffer.alloc(100, 0x1b), Buffer.from('\rAT')]);
    const row = '1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b 1b  |................|';
    expect(hexDump(bytes)).toEqual([
      row,
      '… and 5 such rows more',
      '1b 1b 1b 1b 0d 41 54                             |.....AT|',
    ]);
    expect(hexDump(Buffer.alloc(32, 0x1b))).toEqual([row, row]);
  });
});

describe('time stamps', () => {
  it('tell the time of day, the time since the line before, or nothing', () => {
    const stamps = new TimeStamps('delta');
    const start = new Date(2026, 10, 20, 9, 5, 3, 7).getTime();
    expect([stamps.next(start), stamps.next(start + 1234)]).toEqual(['+  0.000 ', '+  1.234 ']);
    stamps.style = 'abs';
    expect(stamps.next(start)).toBe('09:05:03.007 ');
    stamps.style = 'off';
    expect(stamps.next(start)).toBe('');
  });
});

describe('another baud rate', () => {
  it('keeps the other settings of a serial port', () => {
    expect(withBaudRate('/dev/ttyUSB0', 9600)).toBe('serial:/dev/ttyUSB0?baudRate=9600');
    expect(withBaudRate('ttyUSB0', 9600)).toBe('ttyUSB0');
    expect(withBaudRate('COM3', 9600)).toBe('serial:COM3?baudRate=9600');
    const url = new URL(withBaudRate('serial:///dev/tty%20S1?rtscts=true&baudRate=9600', 115200));
    expect([url.pathname, url.search]).toEqual(['/dev/tty%20S1', '?rtscts=true&baudRate=115200']);
    expect(withBaudRate('rfc2217://h:4001?parity=even', 9600)).toBe(
      'rfc2217://h:4001?parity=even&baudRate=9600',
    );
  });

  it('is refused for a port that has none, and for a rate that is none', () => {
    expect(() => withBaudRate('tcp://localhost:4001', 9600)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    );
    expect(() => withBaudRate('telnet://localhost:4001', 9600)).toThrow(/rfc2217:\/\//);
    expect(() => withBaudRate('rfc2217://h:4001?xon=true', 9600)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
    for (const rate of [Number.NaN, 0, 10_000_000]) {
      expect(() => withBaudRate('/dev/ttyUSB0', rate)).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      );
    }
  });
});

describe('what is kept', () => {
  it('lies in the state folder of XDG, if that is a path', () => {
    expect(stateFile('history', { XDG_STATE_HOME: '/x/state' })).toBe('/x/state/atmqtt/history');
    for (const wrong of ['', 'relative']) {
      expect(stateFile('history', { XDG_STATE_HOME: wrong })).toMatch(/\/\.local\/state\/atmqtt\/history$/);
    }
  });

  it('is the history without secrets, for its owner only', () => {
    const path = fileIn('history');
    const history = new History(path);
    const secrets = [
      'AT+LMQTTCONN=0,"id","user","TopSecret"',
      'AT+LMQTTCFG="aliauth",0,"pk","dn","TopSecret"',
      'AT+CPIN=TopSecret',
      '.connect -u me -P TopSecret',
      '.connect -PTopSecret',
      '.connect --pw=TopSecret',
    ];
    for (const line of ['AT+CSQ', ...secrets, 'AT+CEREG?', 'AT+CSQ', ' ']) history.add(line);
    expect(history.lines).toEqual(['AT+CSQ', 'AT+CEREG?']);
    expect(new History(path).lines).toEqual(['AT+CSQ', 'AT+CEREG?']);
    expect(readFileSync(path, 'utf8')).not.toContain('TopSecret');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is at most 1000 lines, the newest', () => {
    const path = fileIn('history');
    const history = new History(path);
    for (let index = 0; index < 2100; index += 1) history.add(`AT+X=${index}`);
    const again = new History(path);
    expect(again.lines).toHaveLength(1000);
    expect(again.lines[0]).toBe('AT+X=2099');
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1000);
  });

  it('are the macros, except those with a secret', () => {
    const path = fileIn('macros.json');
    const macros = new Macros(path);
    expect(macros.define('net', ['AT+CEREG?', 'AT+CSQ'])).toBe(true);
    expect(macros.define('pin', ['AT+CPIN=1234'])).toBe(false);
    expect([...macros.all.keys()]).toEqual(['net', 'pin']);
    expect([...new Macros(path).all]).toEqual([['net', ['AT+CEREG?', 'AT+CSQ']]]);
    expect(macros.remove('net')).toBe(true);
    expect([...new Macros(path).all]).toEqual([]);
    expect(() => macros.define('a b', ['AT'])).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });
});
