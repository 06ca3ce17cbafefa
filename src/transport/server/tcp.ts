import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ArgumentError } from '../../errors/kinds.js';
import type { OpenOptions } from '../open-within.js';
import { sourceName } from '../url-text.js';
import { PatientSocket } from './patient-socket.js';
import { tcpError } from './tcp-errors.js';
import { TcpStream } from './tcp-stream.js';

/** Idle time in ms after which the system probes the peer: a serial server that loses power does not say so. */
const KEEP_ALIVE_DELAY = 30_000;

/** What is wrong with settings in a URL whose protocol cannot carry them. */
const NO_SETTINGS =
  'without settings: set them in the configuration of the serial server, or use rfc2217:// if it knows RFC 2217';

/** Opens `tcp://host:port`, a raw TCP serial server (ser2net, Moxa). Rejects as `tcpError` says. */
export async function openTcp(url: URL, options: OpenOptions): Promise<Duplex> {
  return new TcpStream(serverName(url), await connectSocket(url, options), serverAddress(url));
}

/** A connected socket to the server of a URL. Rejects as `tcpError` says. */
export async function connectSocket(url: URL, { signal }: OpenOptions): Promise<Socket> {
  const { host, port } = tcpAddress(url);
  const socket = new PatientSocket();
  socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_DELAY).connect({ host, port });
  try {
    await once(socket, 'connect', signal === undefined ? {} : { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw tcpError(serverName(url), error as Error);
  }
}

/** The server as errors name it. */
export function serverName(url: URL): string {
  return `${url.protocol}//${serverAddress(url)}`;
}

/** `host:port`. */
export function serverAddress(url: URL): string {
  return url.host;
}

/**
 * Host and port of a `tcp:`, `telnet:` or `rfc2217:` URL, or an `ArgumentError`; only the last of these has settings.
 * The URL parser has refused numbers above 65535.
 */
export function tcpAddress(url: URL): { readonly host: string; readonly port: number } {
  const port = Number(url.port);
  const refused = (limit: string) => new ArgumentError('port', JSON.stringify(sourceName(url.href)), limit);
  const bare = url.username === '' && url.password === '' && url.hash === '' && /^\/?$/.test(url.pathname);
  if (url.hostname === '' || port === 0 || !bare) {
    throw refused(`${url.protocol}//host:port with a port from 1 to 65535 and nothing else`);
  }
  if (url.search !== '' && url.protocol !== 'rfc2217:') throw refused(NO_SETTINGS);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}
