import { ArgumentError } from '../errors/kinds.js';
import { decodeUrlPart } from './url-text.js';

/** Settings of a serial port, with the names of the package `serialport`. */
export interface SerialSettings {
  readonly path: string;
  /** Bit/s, default 115200. */
  readonly baudRate: number;
  readonly dataBits?: 5 | 6 | 7 | 8;
  readonly stopBits?: 1 | 1.5 | 2;
  readonly parity?: 'none' | 'even' | 'odd';
  /** RTS/CTS flow control, default false. */
  readonly rtscts?: boolean;
  /** XON/XOFF flow control of what we send, default false. */
  readonly xon?: boolean;
  /** XON/XOFF flow control of what we receive, default false. */
  readonly xoff?: boolean;
  /** Keeps other processes from opening the port, default true. */
  readonly lock?: boolean;
  /**
   * How the bytes pass: `poll` in the event loop, the default where the system has it (Linux, macOS), `stock` through
   * the thread pool as in `serialport` itself.
   */
  readonly binding?: 'poll' | 'stock';
}

type Key = Exclude<keyof SerialSettings, 'path'>;

const DEFAULT_BAUD_RATE = 115_200;
const MAX_BAUD_RATE = 4_000_000;
const SWITCH = ['true', 'false'];

/** The values that each key of the query may have; a baud rate is any number up to its maximum. */
const ALLOWED: Readonly<Record<Key, readonly string[] | undefined>> = {
  baudRate: undefined,
  dataBits: ['5', '6', '7', '8'],
  stopBits: ['1', '1.5', '2'],
  parity: ['none', 'even', 'odd'],
  rtscts: SWITCH,
  xon: SWITCH,
  xoff: SWITCH,
  lock: SWITCH,
  binding: ['poll', 'stock'],
};

/** The keys whose values are words. */
const WORDS: ReadonlySet<Key> = new Set(['parity', 'binding']);

/** The settings of a port that is given by its path alone. */
export function serialSettings(path: string): SerialSettings {
  return { path, baudRate: DEFAULT_BAUD_RATE };
}

/** `serial:///dev/ttyUSB0?baudRate=9600&rtscts=true`, `serial:COM3`. Throws `ArgumentError` naming the setting. */
export function parseSerialUrl(url: URL): SerialSettings {
  const settings: Record<string, string | number | boolean> = { ...serialSettings(devicePath(url)) };
  for (const [key, text] of url.searchParams) settings[key] = parseValue(key, text);
  return settings as unknown as SerialSettings;
}

function devicePath(url: URL): string {
  // `serial://COM3` has the name as host, `serial:///COM3` with a slash before it.
  const path = decodeUrlPart(url.host + url.pathname).replace(/^\/?(COM\d+)\/?$/i, '$1');
  if (path === '' || path === '/') {
    throw new ArgumentError(
      'port',
      JSON.stringify(url.href),
      'serial: with a path, e.g. serial:///dev/ttyUSB0',
    );
  }
  return path;
}

function parseValue(key: string, text: string): string | number | boolean {
  if (!Object.hasOwn(ALLOWED, key)) {
    throw new ArgumentError(
      key,
      JSON.stringify(text),
      `left out; settings are ${Object.keys(ALLOWED).join(', ')}`,
    );
  }
  const allowed = ALLOWED[key as Key];
  if (allowed === undefined) return parseBaudRate(key, text);
  if (!allowed.includes(text))
    throw new ArgumentError(key, JSON.stringify(text), `one of ${allowed.join(', ')}`);
  if (allowed === SWITCH) return text === 'true';
  return WORDS.has(key as Key) ? text : Number(text);
}

function parseBaudRate(key: string, text: string): number {
  const rate = Number(text);
  if (!/^\d{1,7}$/.test(text) || rate < 1 || rate > MAX_BAUD_RATE) {
    throw new ArgumentError(key, JSON.stringify(text), `a whole number from 1 to ${MAX_BAUD_RATE}`);
  }
  return rate;
}
