import { realpathSync } from 'node:fs';
import { serialPath } from '../../transport/open.js';
import { printable, textWidth } from '../../util/text-width.js';

/** A port of a station: where its modules are, and what the people at the station call it. */
export interface StationPort {
  /** What `openModem` takes. */
  readonly port: string;
  readonly slot?: string | undefined;
}

/** A path has a slash in front of an `=`, a URL a colon, the settings of either a question mark. */
const NAMED = /^([^/\\:?=]*)=(.*)$/s;

/** `slot1=/dev/ttyUSB0`, or a port alone; the inverse of `portText`. The name is not checked. */
export function parsePort(text: string): StationPort {
  const [, slot, port] = NAMED.exec(text) ?? [];
  // One name, however its accents are encoded.
  return slot === undefined || port === undefined ? { port: text } : { slot: slot.normalize('NFC'), port };
}

/** The port with its name, for the books: both must be found again. */
export function portText({ slot, port }: StationPort): string {
  return slot === undefined ? port : `${slot}=${port}`;
}

/** What a port is called wherever people read. */
export function portName({ slot, port }: StationPort): string {
  return slot ?? port;
}

/** What is wrong with the ports of a station, in words; undefined if nothing is. Throws as `portKey`. */
export function portsFault(ports: readonly StationPort[]): string | undefined {
  const fault = ports.map(portFault).find((found) => found !== undefined);
  return fault ?? nameGivenTwice(ports) ?? portUnderTwoNames(ports);
}

/** A board of 80 columns shows so much beside an IMEI. */
const MAX_WIDTH = 20;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

function portFault({ slot, port }: StationPort): string | undefined {
  if (slot === undefined) return undefined;
  const shown = JSON.stringify(printable(slot));
  if (slot === '')
    return `${JSON.stringify(`=${printable(port)}`)} has no slot name before the =: write one, as in slot1=/dev/ttyUSB0, or leave the = out`;
  if (!NAME.test(slot)) {
    return `the slot name ${shown} is not valid: begin with a letter or a digit, go on with letters, digits, ".", "_" and "-"`;
  }
  if (textWidth(slot) > MAX_WIDTH) {
    return `the slot name ${shown} is too long: give one of at most ${MAX_WIDTH} columns, so that the board can show it`;
  }
  if (port === '') return `slot ${shown} has no port: give ${slot}=<port>, e.g. ${slot}=/dev/ttyUSB0`;
  if (parsePort(port).slot !== undefined) {
    return `slot ${shown} has no port: ${JSON.stringify(printable(port))} begins with another slot name`;
  }
  return undefined;
}

function nameGivenTwice(ports: readonly StationPort[]): string | undefined {
  for (const [index, { slot, port }] of ports.entries()) {
    if (slot === undefined) continue;
    const other = ports.find((one, place) => place !== index && portName(one) === slot);
    if (other?.slot !== undefined) {
      return `the slot name ${JSON.stringify(slot)} is given twice: for ${port} and ${other.port}`;
    }
    if (other !== undefined) {
      return `the slot name ${JSON.stringify(slot)} is another port of this station: give ${port} another name`;
    }
  }
  return undefined;
}

function portUnderTwoNames(ports: readonly StationPort[]): string | undefined {
  const twice = portGivenTwice(ports.map(({ port }) => port));
  if (twice === undefined) return undefined;
  const same = ports.filter(({ port }) => (portKey(port) ?? port) === (portKey(twice) ?? twice));
  const names = same.some(({ slot }) => slot !== undefined) ? `, as ${same.map(portName).join(' and ')}` : '';
  return `the port ${JSON.stringify(twice)} is given twice${names}`;
}

/** Of two ports of the list that are one, the second; undefined if there are none. */
export function portGivenTwice(ports: readonly string[]): string | undefined {
  const keys = ports.map((port) => portKey(port) ?? port);
  return ports.find((_port, index) => keys.indexOf(keys[index] ?? '') !== index);
}

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

/** Names of this machine for itself. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];

/** Serial servers: the module behind one is the same, whatever is spoken with the server. */
const SERVER = /^(?:tcp|telnet|rfc2217):/i;

/** A device that is not plugged in has its name alone. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
