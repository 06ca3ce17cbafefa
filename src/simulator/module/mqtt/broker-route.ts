import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';

/** Host and port, and what a TLS context holds; without `tls` the socket is plain. */
export interface BrokerSocketOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: ConnectionOptions | undefined;
  /** Gives up, as if the network were down. */
  readonly signal: AbortSignal;
}

/** Why no connection to the broker came about: its name is not known, or whatever else goes wrong on the way. */
export type RouteFailure = 'dns' | 'network';

export type OpenedSocket = { readonly socket: Socket } | { readonly failure: RouteFailure };

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
      if ('failure' in outcome) socket.destroy();
      resolve(outcome);
    };
    const fail = (error: NodeJS.ErrnoException): void => settle({ failure: failureOf(error) });
    const abort = (): void => settle({ failure: 'network' });
    socket.once('error', fail);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => settle({ socket }));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** That a failing TLS is told as the network is [A]. */
function failureOf({ code }: NodeJS.ErrnoException): RouteFailure {
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'dns' : 'network';
}

export interface BrokerRouteOptions {
  /** Where every connection ends up; undefined: where the module asks for. */
  readonly bridge: { readonly host: string; readonly port: number } | undefined;
  /** Names that do not resolve; nor does any below `.invalid` (RFC 6761 6.4). */
  readonly unknownHosts: readonly string[];
  /** What every TLS context holds. How certificates get into one is not public [A]. */
  readonly tls: ConnectionOptions;
}

/** How a module gets to the broker that a command names. */
export class BrokerRoute {
  readonly #options: BrokerRouteOptions;
  readonly #reachable: () => boolean;

  /** `reachable`: whether anything can be reached now. */
  constructor(options: BrokerRouteOptions, reachable: () => boolean) {
    this.#options = options;
    this.#reachable = reachable;
  }

  async open(host: string, port: number, tls: boolean, signal: AbortSignal): Promise<OpenedSocket> {
    const { bridge, unknownHosts, tls: context } = this.#options;
    if (!this.#reachable()) return { failure: 'network' };
    if (unknownHosts.includes(host) || /\.invalid\.?$/i.test(host)) return { failure: 'dns' };
    return openBrokerSocket({ ...(bridge ?? { host, port }), tls: tls ? context : undefined, signal });
  }
}
