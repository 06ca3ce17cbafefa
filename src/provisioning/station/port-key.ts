import { realpathSync } from 'node:fs';
import { serialPath } from '../../transport/open.js';

/** Names of this machine for itself. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];

/** Serial servers: the module behind one is the same, whatever is spoken with the server. */
const SERVER = /^(?:tcp|telnet|rfc2217):/i;

/**
 * The same text for two names of one port: a device and a link to it, a host and its address, one URL with other
 * settings. Names of hosts are not looked up. Undefined for a port within a process. Throws an `ArgumentError` for a
 * serial URL that is not valid.
 */
export function portKey(port: string): string | undefined {
  if (SERVER.test(port) && URL.canParse(port)) {
    const { hostname, port: number } = new URL(port);
    // Of a scheme that no browser knows the host keeps its case.
    const host = hostname.toLowerCase();
    return `tcp://${LOCAL.includes(host) ? 'localhost' : host}:${number}`;
  }
  const path = serialPath(port);
  return path === undefined ? undefined : realPath(path);
}

/** Of two ports of the list that are one, the second; undefined if there are none. */
export function portGivenTwice(ports: readonly string[]): string | undefined {
  const keys = ports.map((port) => portKey(port) ?? port);
  return ports.find((_port, index) => keys.indexOf(keys[index] ?? '') !== index);
}

/** A device that is not plugged in has its name alone. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
