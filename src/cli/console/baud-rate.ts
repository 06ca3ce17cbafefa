import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { parseSerialUrl } from '../../transport/serial-url.js';

/** The same serial port at another rate in bit/s. Throws an `ArgumentError` for a rate, `UNSUPPORTED` for a port that has none. */
export function withBaudRate(port: string, rate: number): string {
  if (!Number.isInteger(rate)) {
    throw new ArgumentError('rate', String(rate), 'a whole number, e.g. 115200');
  }
  const url = serialUrl(port);
  url.searchParams.set('baudRate', String(rate));
  parseSerialUrl(url);
  return url.href;
}

function serialUrl(port: string): URL {
  if (/^serial:/i.test(port)) return new URL(port);
  if (/^[a-z][a-z0-9+.-]+:/i.test(port)) {
    const scheme = port.slice(0, port.indexOf(':') + 1);
    throw new ModemError('UNSUPPORTED', `a ${scheme} port has no baud rate that can be set from here`);
  }
  // `COM3` and `\\.\COM3` are names, a path keeps its slashes.
  const path = port.replace(/^\\\\\.\\/, '');
  return new URL(`serial:${path.split('/').map(encodeURIComponent).join('/')}`);
}
