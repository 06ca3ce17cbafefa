import { ArgumentError } from '../errors/kinds.js';
import { decodeUrlPart, sourceName } from './url-text.js';

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
  /** Data Terminal Ready after opening; left alone by default, and the system raises it. */
  readonly dtr?: boolean;
  /** Request To Send after opening; left alone by default. Not with `rtscts`, where the driver switches it. */
  readonly rts?: boolean;
  /** Whether closing the port drops DTR ("hang up on close"), default true. */
  readonly hupcl?: boolean;
  /** Keeps other processes from opening the port, default true. */
  readonly lock?: boolean;
  /**
   * How the bytes pass: `poll` in the event loop, the default where the system has it (Linux, macOS), `stock` through
   * the thread pool as in `serialport` itself.
   */
  readonly binding?: 'poll' | 'stock';
}

type Key = Exclude<keyof SerialSettings, 'path'>;

/** Settings by name, as they were given. */
type ParsedSettings = Readonly<Record<string, string | number | boolean>>;

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
  dtr: SWITCH,
  rts: SWITCH,
  hupcl: SWITCH,
  lock: SWITCH,
  binding: ['poll', 'stock'],
};

/** The keys whose values are words. */
const WORDS: ReadonlySet<string> = new Set(['parity', 'binding']);

/** The settings of a port that is given by its path alone. */
export function serialSettings(path: string): SerialSettings {
  return { path, baudRate: DEFAULT_BAUD_RATE };
}

/**
 * `serial:///dev/ttyUSB0?baudRate=9600&rtscts=true`, `serial:COM3`. Throws `ArgumentError` naming the setting, also for
 * one that this platform cannot do.
 */
export function parseSerialUrl(url: URL, platform: NodeJS.Platform = process.platform): SerialSettings {
  const path = devicePath(url);
  const given = parseSettings(url.searchParams, Object.keys(ALLOWED), 'settings');
  checkPlatform(given, platform);
  if (given.rtscts === true && given.rts !== undefined) {
    throw new ArgumentError(
      'rts',
      JSON.stringify(String(given.rts)),
      'left out with rtscts=true: the driver switches RTS then',
    );
  }
  return { ...serialSettings(path), ...given } as SerialSettings;
}

/** What is given of these settings. Throws `ArgumentError` for others, which `title` begins to tell, and for bad values. */
export function parseSettings(
  query: URLSearchParams,
  keys: readonly string[],
  title: string,
): ParsedSettings {
  const settings: Record<string, string | number | boolean> = {};
  for (const [key, text] of query) {
    const shown = JSON.stringify(text);
    if (!keys.includes(key)) throw new ArgumentError(key, shown, `left out; ${title} are ${keys.join(', ')}`);
    if (Object.hasOwn(settings, key)) throw new ArgumentError(key, shown, 'given once only');
    settings[key] = parseValue(key as Key, text);
  }
  return settings;
}

/** By the binding of `serialport` and, for Windows, the rules of its DCB structure. */
function checkPlatform({ stopBits, dataBits, binding }: ParsedSettings, platform: NodeJS.Platform): void {
  const windows = platform === 'win32';
  if (stopBits === 1.5 && !windows) {
    throw new ArgumentError(
      'stopBits',
      '"1.5"',
      '1 or 2: this system has no 1.5; with dataBits=5, most hardware makes 1.5 of stopBits=2',
    );
  }
  if (stopBits === 1.5 && dataBits !== 5) {
    throw new ArgumentError('stopBits', '"1.5"', '1 or 2: Windows has 1.5 with dataBits=5 only');
  }
  if (stopBits === 2 && dataBits === 5 && windows) {
    throw new ArgumentError('stopBits', '"2"', '1 or 1.5: Windows has no 2 with dataBits=5');
  }
  if (binding === 'poll' && windows) throw new ArgumentError('binding', '"poll"', 'stock on Windows');
}

function devicePath(url: URL): string {
  const example = 'serial: with a path, e.g. serial:///dev/ttyUSB0';
  // `serial://COM3` has the name as host, `serial:///COM3` with a slash before it.
  const path = decodeUrlPart(url.host + url.pathname).replace(/^\/?(COM\d+)\/?$/i, '$1');
  if (path === '' || path === '/') throw new ArgumentError('port', JSON.stringify(url.href), example);
  // `serial://dev/ttyUSB0` has a host named dev.
  if (url.host !== '' && !/^COM\d+$/i.test(path)) {
    throw new ArgumentError(
      'port',
      JSON.stringify(sourceName(url.href)),
      `serial:///${path}, with three slashes`,
    );
  }
  if (url.hash !== '') {
    throw new ArgumentError(
      'port',
      JSON.stringify(sourceName(url.href)),
      'written with %23 for a # in its path',
    );
  }
  return path;
}

function parseValue(key: Key, text: string): string | number | boolean {
  const allowed = ALLOWED[key];
  if (allowed === undefined) return parseBaudRate(key, text);
  if (!allowed.includes(text))
    throw new ArgumentError(key, JSON.stringify(text), `one of ${allowed.join(', ')}`);
  if (allowed === SWITCH) return text === 'true';
  return WORDS.has(key) ? text : Number(text);
}

function parseBaudRate(key: string, text: string): number {
  const rate = Number(text);
  if (!/^\d{1,7}$/.test(text) || rate < 1 || rate > MAX_BAUD_RATE) {
    throw new ArgumentError(key, JSON.stringify(text), `a whole number from 1 to ${MAX_BAUD_RATE}`);
  }
  return rate;
}
