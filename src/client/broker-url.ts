import type { BrokerAddress } from '../dialects/dialect.js';
import { ArgumentError } from '../errors/kinds.js';

const DEFAULT_PORTS = { 'mqtt:': 1883, 'mqtts:': 8883 } as const;

/** What a broker URL says: `mqtt://[user[:password]@]host[:port]`, or `mqtts://` for TLS. */
export interface BrokerUrl {
  readonly address: BrokerAddress;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Parses a broker URL; a bare `host` or `host:port` means `mqtt://`. The password never shows up in an error. */
export function parseBrokerUrl(broker: unknown): BrokerUrl {
  if (typeof broker !== 'string' || broker === '') {
    throw new ArgumentError(
      'broker',
      String(broker || '""'),
      'a URL such as mqtt://host:1883 or mqtts://host',
    );
  }
  const shown = `"${broker.replace(/\/\/.*@/, '//***@')}"`;
  let url: URL;
  try {
    url = new URL(broker.includes('://') ? broker : `mqtt://${broker}`);
  } catch {
    throw new ArgumentError('broker', shown, 'a URL such as mqtt://host:1883 or mqtts://host');
  }
  const defaultPort = DEFAULT_PORTS[url.protocol as keyof typeof DEFAULT_PORTS];
  if (defaultPort === undefined) {
    throw new ArgumentError(
      'broker',
      shown,
      'mqtt:// or mqtts://, the module speaks MQTT over TCP or TLS only',
    );
  }
  if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new ArgumentError('broker', shown, 'a host and a port, and nothing behind them');
  }
  return {
    address: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? defaultPort : Number(url.port),
      tls: url.protocol === 'mqtts:',
    },
    username: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
  };
}
