import { ArgumentError } from '../../errors/kinds.js';
import { parseSerialUrl, type SerialSettings, serialSettings } from '../../transport/serial-url.js';
import { tcpAddress } from '../../transport/server/tcp.js';
import { sourceName } from '../../transport/url-text.js';

/** What kind of port was given; each has steps of its own. */
export type Target =
  | { readonly kind: 'device'; readonly source: string; readonly settings: SerialSettings }
  | { readonly kind: 'tcp'; readonly source: string; readonly host: string; readonly port: number }
  /** Something within this process. */
  | { readonly kind: 'inner'; readonly source: string };

const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/** Throws an `ArgumentError` for a `serial:` or `tcp:` URL that cannot be; the rest is refused when it is opened. */
export function targetOf(source: string): Target {
  const scheme = SCHEME.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'device', source, settings: serialSettings(source) };
  if (scheme !== 'serial' && scheme !== 'tcp') return { kind: 'inner', source };
  if (!URL.canParse(source)) {
    throw new ArgumentError('port', JSON.stringify(sourceName(source)), `a valid ${scheme}: URL`);
  }
  const url = new URL(source);
  if (scheme === 'serial') return { kind: 'device', source, settings: parseSerialUrl(url) };
  return { kind: 'tcp', source, ...tcpAddress(url) };
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
