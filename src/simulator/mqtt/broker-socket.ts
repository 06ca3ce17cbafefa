import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { OPEN_REASONS } from '../../dialects/lmqtt/codes.js';

/** Host and port, and what a TLS context holds; without `tls` the socket is plain. */
export interface BrokerSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: ConnectionOptions | undefined;
  /** Gives up, as if the network were down. */
  readonly signal: AbortSignal;
}

/** `extend`: as in `OPEN_REASONS`. */
export type OpenedSocket = { readonly socket: Socket } | { readonly extend: number };

/** Opens TCP, or TLS on top of it; never rejects. */
export function openBrokerSocket({ host, port, tls, signal }: BrokerSocketOptions): Promise<OpenedSocket> {
  const serverName = isIP(host) === 0 ? { servername: host } : {};
  const socket =
    tls === undefined
      ? tcpConnect({ host, port, noDelay: true })
      : tlsConnect({ host, port, ...serverName, ...tls });
  // Whoever gets the socket hears of an error by its close.
  socket.on('error', () => {});
  return new Promise((resolve) => {
    const settle = (outcome: OpenedSocket): void => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail);
      if ('extend' in outcome) socket.destroy();
      resolve(outcome);
    };
    const fail = (error: NodeJS.ErrnoException): void => settle({ extend: extendOf(error) });
    const abort = (): void => settle({ extend: OPEN_REASONS.NETWORK_DOWN.value });
    socket.once('error', fail);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => settle({ socket }));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** A name that is not known is 4 [M]; whatever else goes wrong on the way, a failing TLS included, is taken for 5 [A]. */
function extendOf({ code }: NodeJS.ErrnoException): number {
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? OPEN_REASONS.DNS.value
    : OPEN_REASONS.NETWORK_DOWN.value;
}
