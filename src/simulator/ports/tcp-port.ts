import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ModemError } from '../../errors/modem-error.js';
import { listenFailure } from '../listen-failure.js';
import type { OnConnection, Port } from './port.js';

/** Serves a raw TCP serial server, as ser2net does; port 0 is replaced by a free one. Rejects with `PORT_FAILED`. */
export async function serveTcp(host: string, port: number, onConnection: OnConnection): Promise<Port> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ModemError('PORT_FAILED', `tcp://${host}:${port}: ${listenFailure(cause)}`, { cause });
  }
  const address = server.address() as AddressInfo;
  return {
    url: `tcp://${host}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
