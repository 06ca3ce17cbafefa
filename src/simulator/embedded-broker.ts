import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { Aedes, type AedesOptions } from 'aedes';
import { checkInteger } from '../at/checks.js';
import { ModemError } from '../errors/modem-error.js';
import { createBrokerServer } from './broker-server.js';
import { listenFailure } from './ports.js';

export interface EmbeddedBrokerOptions
  extends Pick<
    AedesOptions,
    | 'authenticate'
    | 'authorizePublish'
    | 'authorizeSubscribe'
    | 'authorizeForward'
    | 'preConnect'
    | 'published'
    | 'maxClientsIdLength'
  > {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Key and certificate: speaks MQTT over TLS. */
  readonly tls?: TlsOptions;
  /** With `tls`: plain MQTT on the same port as well; default false. */
  readonly plainToo?: boolean;
}

export interface EmbeddedBroker {
  /** `mqtt://host:port`, or `mqtts://` if it speaks nothing else. */
  readonly url: string;
  readonly port: number;
  readonly aedes: Aedes;
  /** Breaks all connections; idempotent. */
  close(): Promise<void>;
}

/** Starts an MQTT 3.1 and 3.1.1 broker in this process. Rejects with `ArgumentError` or `PORT_FAILED`. */
export async function startBroker(options: EmbeddedBrokerOptions = {}): Promise<EmbeddedBroker> {
  const { port = 0, host = '127.0.0.1', tls, plainToo = false, ...hooks } = options;
  checkInteger('port', port, 0, 65535);
  const aedes = await Aedes.createBroker(hooks);
  const sockets = new Set<Socket>();
  const server = createBrokerServer({ tls, plainToo }, (socket) => void aedes.handle(socket));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    aedes.close();
    throw new ModemError('PORT_FAILED', `broker: ${host}:${port}: ${listenFailure(cause)}`, { cause });
  }
  const { port: actual } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `${tls === undefined || plainToo ? 'mqtt' : 'mqtts'}://${host}:${actual}`,
    port: actual,
    aedes,
    close: () => {
      closed ??= stop(server, sockets, aedes);
      return closed;
    },
  };
}

async function stop(server: Server, sockets: ReadonlySet<Socket>, aedes: Aedes): Promise<void> {
  const left = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await left;
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
}
