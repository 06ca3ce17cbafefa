import { printable, textWidth } from '../../util/text-width.js';
import { portGivenTwice, portKey } from './port-key.js';

/** A port of a station: where its modules are, and what the people at the station call it. */
export interface StationPort {
  /** What `openModem` takes. */
  readonly port: string;
  readonly slot?: string | undefined;
}

/** A board of 80 columns shows so much beside an IMEI. */
const MAX_WIDTH = 20;

/** A path has a slash in front of an `=`, a URL a colon, the settings of either a question mark. */
const NAMED = /^([^/\\:?=]*)=(.*)$/s;

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

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

function portFault({ slot, port }: StationPort): string | undefined {
  if (slot === undefined) return undefined;
  const shown = JSON.stringify(printable(slot));
  if (slot === '') return `${JSON.stringify(`=${printable(port)}`)} has no slot name in front of =`;
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
