import { describe, expect, it } from 'vitest';
import { parseSerialUrl } from '../../src/transport/serial-url.js';

const parse = (text: string) => parseSerialUrl(new URL(text));

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
      'baudRate=9600&dataBits=7&stopBits=1.5&parity=even&rtscts=true&xon=false&xoff=true&lock=false&binding=stock';
    expect(parse(`serial:///dev/ttyS1?${query}`)).toEqual({
      path: '/dev/ttyS1',
      baudRate: 9600,
      dataBits: 7,
      stopBits: 1.5,
      parity: 'even',
      rtscts: true,
      xon: false,
      xoff: true,
      lock: false,
      binding: 'stock',
    });
  });

  it.each([
    ['baudRate=fast', 'baudRate: "fast" is refused, it must be a whole number from 1 to 4000000'],
    ['baudRate=0', 'baudRate: "0" is refused, it must be a whole number from 1 to 4000000'],
    ['baudRate=4000001', 'baudRate: "4000001" is refused, it must be a whole number from 1 to 4000000'],
    ['dataBits=9', 'dataBits: "9" is refused, it must be one of 5, 6, 7, 8'],
    ['stopBits=3', 'stopBits: "3" is refused, it must be one of 1, 1.5, 2'],
    ['parity=maybe', 'parity: "maybe" is refused, it must be one of none, even, odd'],
    ['binding=usb', 'binding: "usb" is refused, it must be one of poll, stock'],
    ['rtscts=1', 'rtscts: "1" is refused, it must be one of true, false'],
    [
      'baud=9600',
      'baud: "9600" is refused, it must be left out; settings are baudRate, dataBits, stopBits, parity, rtscts, xon, xoff, lock, binding',
    ],
    ['path=x', 'path: "x" is refused, it must be left out;'],
  ])('refuses %s', (query, message) => {
    expect(() => parse(`serial:///dev/ttyS1?${query}`)).toThrow(message);
  });

  it.each(['serial:', 'serial:///', 'serial:///dev/%zz'])('refuses %s', (url) => {
    expect(() => parse(url)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'port' }));
  });
});
