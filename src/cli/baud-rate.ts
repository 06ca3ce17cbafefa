import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { parseSerialUrl } from '../transport/serial-url.js';
import { comPortSettings } from '../transport/server/rfc2217-url.js';

/** The same serial port at another rate in bit/s. Throws an `ArgumentError` for a rate, `UNSUPPORTED` for a port that has none. */
export function withBaudRate(port: string, rate: number): string {
  if (!Number.isInteger(rate)) {
    throw new ArgumentError('rate', String(rate), 'a whole number, e.g. 115200');
  }
  // What is neither path nor URL is refused where it is opened.
  if (!/^(?:[./]|\\\\|COM\d|[a-z][a-z\d+.-]+:)/i.test(port)) return port;
  const ofServer = /^rfc2217:/i.test(port);
  const url = ofServer ? new URL(port) : serialUrl(port);
  url.searchParams.set('baudRate', String(rate));
  if (ofServer) comPortSettings(url);
  else parseSerialUrl(url);
  return url.href;
}

function serialUrl(port: string): URL {
  if (/^serial:/i.test(port)) return new URL(port);
  if (/^[a-z][a-z0-9+.-]+:/i.test(port)) {
    const scheme = port.slice(0, port.indexOf(':') + 1);
    const words = `the baud rate of a ${scheme} port cannot be set from here`;
    const server = /^(?:tcp|telnet):$/i.test(scheme);
    throw new ModemError(
      'UNSUPPORTED',
      server ? `${words}: set it in the serial server, or use rfc2217://` : words,
    );
  }
  // `COM3` and `\\.\COM3` are names, a path keeps its slashes.
  const path = port.replace(/^\\\\\.\\/, '');
  return new URL(`serial:${path.split('/').map(encodeURIComponent).join('/')}`);
}
