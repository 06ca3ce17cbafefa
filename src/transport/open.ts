import { Duplex } from 'node:stream';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { connectMemory, MemoryEnd } from './memory.js';
import { type OpenOptions, openWithin } from './open-within.js';
import { Relay } from './relay.js';
import { parseSerialUrl, type SerialSettings, serialSettings } from './serial-url.js';
import { decodeUrlPart, sourceName } from './url-text.js';

/**
 * Where a module is: a device path (`/dev/ttyUSB0`, `COM3`), a URL (`serial:///dev/ttyUSB0?baudRate=9600`,
 * `tcp://host:port`, `telnet://host:port`, `rfc2217://host:port?baudRate=9600`, `memory:name`, `sim:`), or a function
 * that gives an open stream.
 */
export type TransportSource = string | (() => Duplex | Promise<Duplex>);

type SchemeOpener = (url: URL, options: OpenOptions) => Promise<Duplex>;

/** What only one kind of link needs is loaded when such a link is opened. */
const schemes = new Map<string, SchemeOpener>([
  ['serial', async (url) => openSerial(parseSerialUrl(url))],
  ['tcp', async (url, options) => (await import('./server/tcp.js')).openTcp(url, options)],
  ['telnet', async (url, options) => (await import('./server/open-telnet.js')).openTelnet(url, options)],
  ['rfc2217', async (url, options) => (await import('./server/open-telnet.js')).openRfc2217(url, options)],
  ['memory', async (url) => connectMemory(decodeUrlPart(url.pathname))],
]);

/** Two characters at least, so that a drive letter is none. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;
const DEVICE_PATH = /^(?:\/|\.{1,2}\/|\\\\\.\\|COM\d+$)/i;
const PORT_LIMIT = 'a device path such as /dev/ttyUSB0 or COM3, a URL such as tcp://host:port, or a function';

const OPTION_NAMES = { signal: true, timeout: true } as const satisfies OptionNames<OpenOptions>;

/** Makes `<scheme>:` URLs known to `openTransport`; a scheme that is known already is replaced. */
export function registerScheme(scheme: string, open: SchemeOpener): void {
  if (!SCHEME.test(`${scheme}:`)) throw new ArgumentError('scheme', JSON.stringify(scheme), 'a URL scheme');
  schemes.set(scheme.toLowerCase(), open);
}

/**
 * Throws an `ArgumentError` for what can never be opened, without opening anything. Settings in the URL of a server are
 * looked at when it is opened.
 */
export function checkSource(source: TransportSource): void {
  if (typeof source === 'function') return;
  if (typeof source !== 'string' || source === '') throw refused(source, PORT_LIMIT);
  const scheme = SCHEME.exec(source)?.[1]?.toLowerCase();
  const meant = scheme === undefined || !schemes.has(scheme) ? portMeant(source) : undefined;
  if (meant !== undefined) throw refused(source, `written ${meant}`);
  if (scheme === undefined) {
    if (!DEVICE_PATH.test(source)) throw refused(source, PORT_LIMIT);
    return;
  }
  if (!schemes.has(scheme)) throw refused(source, unknownScheme(scheme));
  if (!URL.canParse(source)) throw refused(source, `a valid ${scheme}: URL`);
  serialPath(source);
}

/**
 * Opens a byte stream to a module; see `Transport` for what it promises. Rejects with `ArgumentError` (field `port`, or
 * the setting of a URL), `PORT_NOT_FOUND`, `PORT_NO_PERMISSION`, `PORT_BUSY`, `PORT_FAILED` (also when the time
 * runs out) or `ABORTED`.
 */
export async function openTransport(source: TransportSource, options: OpenOptions = {}): Promise<Duplex> {
  checkSource(source);
  checkOptions(options, OPTION_NAMES, { example: '{ timeout: 20_000 }' });
  if (typeof source === 'function') return openWithin('port', options, async () => adopt(await source()));
  const open = schemes.get(SCHEME.exec(source)?.[1]?.toLowerCase() ?? '');
  if (open === undefined) return openWithin(source, options, () => openSerial(serialSettings(source)));
  return openWithin(sourceName(source), options, (limits) => open(new URL(source), limits));
}

/** The device of a serial port; undefined for any other source, and for a URL that is not valid. */
export function serialPath(source: TransportSource): string | undefined {
  if (typeof source !== 'string') return undefined;
  if (DEVICE_PATH.test(source)) return source;
  const isUrl = SCHEME.exec(source)?.[1]?.toLowerCase() === 'serial' && URL.canParse(source);
  return isUrl ? parseSerialUrl(new URL(source)).path : undefined;
}

/** What was meant by a source that lacks its folder or its scheme; undefined where none is missing. */
function portMeant(source: string): string | undefined {
  if (/^(?:tty|cu\.)[\w.-]*$/i.test(source)) return `/dev/${source}`;
  if (/^(?!sim:)(?:[\w.-]+|\[[\da-f:.]+\]):\d+$/i.test(source)) return `tcp://${source}`;
  const [, path, settings] = /^((?:\/|COM\d)[^?]*)\?(\w+=.*)$/i.exec(source) ?? [];
  if (path === undefined) return undefined;
  return `serial:${path.startsWith('/') ? '//' : ''}${path}?${settings}`;
}

async function openSerial(settings: SerialSettings): Promise<Duplex> {
  return (await import('./serial.js')).openSerial(settings);
}

function unknownScheme(scheme: string): string {
  if (scheme === 'sim') return "of a registered scheme: import 'atmqtt/simulator' first";
  return `a device path or a URL that starts with ${[...schemes.keys()].map((name) => `${name}:`).join(', ')}`;
}

/** A stream from the user, made to keep the promises of a transport. */
function adopt(stream: Duplex): Duplex {
  if (!(stream instanceof Duplex)) throw refused(stream, 'a function that gives a Duplex');
  if (stream.destroyed)
    throw new ModemError('PORT_CLOSED', 'port: the function gave a stream that is closed');
  return stream instanceof Relay || stream instanceof MemoryEnd ? stream : new Relay('port', stream);
}

function refused(source: unknown, limit: string): ArgumentError {
  const shown = typeof source === 'string' ? JSON.stringify(sourceName(source)) : typeof source;
  return new ArgumentError('port', shown, limit);
}
