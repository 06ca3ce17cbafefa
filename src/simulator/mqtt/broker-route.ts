import type { ConnectionOptions } from 'node:tls';
import { OPEN_REASONS } from '../../dialects/lmqtt/codes.js';
import { type OpenedSocket, openBrokerSocket } from './broker-socket.js';

export interface BrokerRouteOptions {
  /** Where every LMQTTOPEN ends up; undefined: where it asks for. */
  readonly bridge: { readonly host: string; readonly port: number } | undefined;
  /** Names that do not resolve; nor does any below `.invalid` (RFC 6761 6.4). */
  readonly unknownHosts: readonly string[];
  /** What every TLS context holds. How certificates get into one is not public [A]. */
  readonly tls: ConnectionOptions;
}

/** How a module gets to the broker that LMQTTOPEN names. */
export class BrokerRoute {
  readonly #options: BrokerRouteOptions;

  constructor(options: BrokerRouteOptions) {
    this.#options = options;
  }

  async open(host: string, port: number, tls: boolean, signal: AbortSignal): Promise<OpenedSocket> {
    const { bridge, unknownHosts, tls: context } = this.#options;
    if (unknownHosts.includes(host) || /\.invalid\.?$/i.test(host)) return { extend: OPEN_REASONS.DNS.value };
    return openBrokerSocket({ ...(bridge ?? { host, port }), tls: tls ? context : undefined, signal });
  }
}
