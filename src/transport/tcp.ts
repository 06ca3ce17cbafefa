import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ArgumentError } from '../errors/kinds.js';
import type { OpenOptions } from './open-options.js';
import { Relay } from './relay.js';
import { tcpError } from './tcp-errors.js';
import { sourceName } from './url-text.js';

/** Idle time in ms after which the system probes the peer: a serial server that loses power does not say so. */
const KEEP_ALIVE_DELAY = 30_000;

/** Opens `tcp://host:port`, a raw TCP serial server (ser2net, Moxa). Rejects as `tcpError` says. */
export async function openTcp(url: URL, { signal }: OpenOptions): Promise<Duplex> {
  const { host, port } = tcpAddress(url);
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_DELAY,
  });
  const name = `tcp://${url.host}`;
  try {
    await once(socket, 'connect', signal === undefined ? {} : { signal });
  } catch (error) {
    socket.destroy();
    throw tcpError(name, error as Error);
  }
  return new Relay(name, socket, tcpError);
}

/** Host and port of the URL, or an `ArgumentError`. The URL parser has refused numbers above 65535. */
export function tcpAddress(url: URL): { readonly host: string; readonly port: number } {
  const port = Number(url.port);
  const bare = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url.hostname === '' || port === 0 || !bare || !/^\/?$/.test(url.pathname)) {
    throw new ArgumentError(
      'port',
      JSON.stringify(sourceName(url.href)),
      'tcp://host:port with a port from 1 to 65535 and nothing else',
    );
  }
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}
