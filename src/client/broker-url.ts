import { domainToASCII } from 'node:url';
import type { BrokerAddress } from '../dialects/dialect.js';
import { ArgumentError } from '../errors/kinds.js';
import { escapeBytes } from '../util/escape.js';

const DEFAULT_PORTS = { 'mqtt:': 1883, 'mqtts:': 8883 } as const;

/** What stands before the last `@`: user name and password, however they are written. */
const SECRETS = /^([^/@]*:\/\/)?.*@/s;

/** What a broker URL says: `mqtt://[user[:password]@]host[:port]`, or `mqtts://` for TLS. */
export interface BrokerUrl {
  readonly address: BrokerAddress;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const EXAMPLES = 'a URL such as mqtt://host:1883 or mqtts://host';

/**
 * Parses a broker URL; a bare `host` or `host:port` means `mqtt://`. A host name with letters beyond ASCII becomes its
 * A-label (RFC 5890). The password never shows up in an error.
 */
export function parseBrokerUrl(broker: unknown): BrokerUrl {
  if (typeof broker !== 'string') throw new ArgumentError('broker', String(broker), EXAMPLES);
  const url = parse(broker);
  const defaultPort = DEFAULT_PORTS[url?.protocol as keyof typeof DEFAULT_PORTS];
  const host = url && hostOf(url);
  if (url === undefined || !host) throw refused(broker, EXAMPLES);
  if (defaultPort === undefined) {
    throw refused(broker, 'mqtt:// or mqtts://, the module speaks MQTT over TCP or TLS only');
  }
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    throw refused(broker, 'a host and a port, and nothing behind them');
  }
  return {
    address: {
      host,
      port: url.port === '' ? defaultPort : Number(url.port),
      tls: url.protocol === 'mqtts:',
    },
    username: decoded('username', url.username),
    password: decoded('password', url.password),
  };
}

/** White space and control characters are refused: `URL` would leave them out in silence. */
function parse(broker: string): URL | undefined {
  const text = broker.includes('://') ? broker : `mqtt://${broker}`;
  return /[\s\p{Cc}]/u.test(broker) || !URL.canParse(text) ? undefined : new URL(text);
}

/** The host as the module gets it, or an empty string if it is none. */
function hostOf({ hostname }: URL): string {
  const address = /^\[(.*)\]$/.exec(hostname)?.[1];
  if (address !== undefined) return address;
  try {
    return domainToASCII(decodeURIComponent(hostname));
  } catch {
    return '';
  }
}

/** A part of the URL without its percent encoding; undefined if it is empty. */
function decoded(field: string, part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ArgumentError(field, '***', 'percent-encoded UTF-8 in the broker URL');
  }
}

function refused(broker: string, limit: string): ArgumentError {
  return new ArgumentError('broker', `"${escapeBytes(broker.replace(SECRETS, '$1***@'))}"`, limit);
}
