import { describe, expect, it } from 'vitest';
import { parseSerialUrl } from '../../src/transport/serial-url.js';

const parse = (text: string, platform?: NodeJS.Platform) => parseSerialUrl(new URL(text), platform);

describe('parseSerialUrl', () => {
  it.each([
    ['serial:///dev/ttyUSB0', '/dev/ttyUSB0'],
    ['serial:/dev/ttyUSB0', '/dev/ttyUSB0'],
    ['serial:///dev/serial/by-id/usb-1a86_USB%20Serial-if00', '/dev/serial/by-id/usb-1a86_USB Serial-if00'],
    ['serial:COM3', 'COM3'],
    ['serial://COM3', 'COM3'],
    ['serial:///COM12', 'COM12'],
  ])('takes the path of %s, at 115200 bit/s', (url, path) => {
    expect(parse(url)).toEqual({ path, baudRate: 115_200 });
  });

  it('takes every setting', () => {
    const query =
      'baudRate=9600&dataBits=7&stopBits=2&parity=even&rtscts=true&xon=false&xoff=true&dtr=false&hupcl=false&lock=false&binding=stock';
    expect(parse(`serial:///dev/ttyS1?${query}`)).toEqual({
      path: '/dev/ttyS1',
      baudRate: 9600,
      dataBits: 7,
      stopBits: 2,
      parity: 'even',
      rtscts: true,
      xon: false,
      xoff: true,
      dtr: false,
      hupcl: false,
      lock: false,
      binding: 'stock',
    });
  });

  it.each([
    ['baudRate=fast', 'baudRate is "fast", but must be a whole number from 1 to 4000000'],
    ['baudRate=0', 'baudRate is "0", but must be a whole number from 1 to 4000000'],
    ['baudRate=4000001', 'baudRate is "4000001", but must be a whole number from 1 to 4000000'],
    ['dataBits=9', 'dataBits is "9", but must be one of 5, 6, 7, 8'],
    ['stopBits=3', 'stopBits is "3", but must be one of 1, 1.5, 2'],
    ['parity=maybe', 'parity is "maybe", but must be one of none, even, odd'],
    ['binding=usb', 'binding is "usb", but must be one of poll, stock'],
    ['rtscts=1', 'rtscts is "1", but must be one of true, false'],
    [
      'baud=9600',
      'baud is "9600", but must be left out; settings are baudRate, dataBits, stopBits, parity, rtscts, xon, xoff, dtr, rts, hupcl, lock, binding',
    ],
    ['dtr=on', 'dtr is "on", but must be one of true, false'],
    ['rts=', 'rts is "", but must be one of true, false'],
    ['hupcl=0', 'hupcl is "0", but must be one of true, false'],
    ['rtscts=true&rts=false', 'rts is "false", but must be left out with rtscts=true'],
    ['baudRate=9600&baudRate=115200', 'baudRate is "115200", but must be given once only'],
    ['constructor=x', 'constructor is "x", but must be left out;'],
    ['path=x', 'path is "x", but must be left out;'],
  ])('refuses %s', (query, message) => {
    expect(() => parse(`serial:///dev/ttyS1?${query}`)).toThrow(message);
  });

  it.each(['serial:', 'serial:///', 'serial:///dev/%zz'])('refuses %s', (url) => {
    expect(() => parse(url)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'port' }));
  });

  it.each([
    ['serial://dev/ttyUSB0', 'but must be serial:///dev/ttyUSB0, with three slashes'],
    ['serial://COM3:9600', 'but must be serial:///COM3:9600, with three slashes'],
    ['serial:///dev/ttyUSB#0', 'but must be written with %23 for a # in its path'],
  ])('says how to write %s', (url, words) => {
    expect(() => parse(url)).toThrow(words);
  });

  it.each(['linux', 'darwin'] as const)('refuses 1.5 stop bits on %s, and says what there is', (platform) => {
    for (const query of ['stopBits=1.5', 'stopBits=1.5&dataBits=5']) {
      expect(() => parse(`serial:///dev/ttyS1?${query}`, platform)).toThrow(
        'stopBits is "1.5", but must be 1 or 2: this system has no 1.5; with dataBits=5, most hardware makes 1.5 of stopBits=2',
      );
    }
    expect(parse('serial:///dev/ttyS1?stopBits=2&dataBits=5', platform)).toMatchObject({ stopBits: 2 });
  });

  it('takes on Windows what Windows can do', () => {
    expect(parse('serial:COM3?stopBits=1.5&dataBits=5', 'win32')).toMatchObject({ stopBits: 1.5 });
    for (const [query, words] of [
      ['stopBits=1.5', 'stopBits is "1.5", but must be 1 or 2: Windows has 1.5 with dataBits=5 only'],
      ['stopBits=2&dataBits=5', 'stopBits is "2", but must be 1 or 1.5: Windows has no 2'],
      ['binding=poll', 'binding is "poll", but must be stock on Windows'],
    ]) {
      expect(() => parse(`serial:COM3?${query}`, 'win32')).toThrow(words);
    }
  });
});
