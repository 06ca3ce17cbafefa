import { ArgumentError } from '../../errors/kinds.js';
import { parseSerialUrl, type SerialSettings, serialSettings } from '../../transport/serial-url.js';
import { comPortSettings } from '../../transport/server/rfc2217-url.js';
import { tcpAddress } from '../../transport/server/tcp.js';
import { sourceName } from '../../transport/url-text.js';

/** What kind of port was given; each has steps of its own. */
export type Target =
  | { readonly kind: 'device'; readonly source: string; readonly settings: SerialSettings }
  /** A serial server, by whatever protocol. */
  | {
      readonly kind: 'tcp';
      readonly source: string;
      readonly host: string;
      readonly port: number;
      /** Bit/s in the URL. */
      readonly baudRate?: number | undefined;
    }
  /** Something within this process. */
  | { readonly kind: 'inner'; readonly source: string };

const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

const SERVERS: readonly string[] = ['tcp', 'telnet', 'rfc2217'];

/** Throws an `ArgumentError` for a URL of a port or server that cannot be; the rest is refused when it is opened. */
export function targetOf(source: string): Target {
  const scheme = SCHEME.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'device', source, settings: serialSettings(source) };
  if (scheme !== 'serial' && !SERVERS.includes(scheme)) return { kind: 'inner', source };
  if (!URL.canParse(source)) {
    throw new ArgumentError('port', JSON.stringify(sourceName(source)), `a valid ${scheme}: URL`);
  }
  const url = new URL(source);
  if (scheme === 'serial') return { kind: 'device', source, settings: parseSerialUrl(url) };
  const address = { kind: 'tcp', source, ...tcpAddress(url) } as const;
  return scheme === 'rfc2217' ? { ...address, baudRate: comPortSettings(url).baudRate } : address;
}

/** Bit/s as they were given; undefined if they were not, or cannot be. */
export function rateOf(target: Target): number | undefined {
  if (target.kind === 'device') return target.settings.baudRate;
  return target.kind === 'tcp' ? target.baudRate : undefined;
}

/** The URL of the same port at another rate, as `-p` takes it; undefined where the rate cannot be set from here. */
export function sourceAt(target: Target, baudRate: number): string | undefined {
  if (target.kind === 'device') return serialUrlAt(target.settings, baudRate);
  if (target.kind !== 'tcp' || !/^rfc2217:/i.test(target.source)) return undefined;
  const url = new URL(target.source);
  url.searchParams.set('baudRate', String(baudRate));
  return url.href;
}

/** The URL of the same serial port at another rate, as `-p` takes it. */
export function serialUrlAt(settings: SerialSettings, baudRate: number): string {
  const { path, ...rest } = { ...settings, baudRate };
  const query = Object.entries(rest)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  const place = path.startsWith('/') ? `//${path.split('/').map(encodeURIComponent).join('/')}` : path;
  return `serial:${place}?${query}`;
}
