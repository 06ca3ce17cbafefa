import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** How a client may speak. */
export interface BrokerServerOptions {
  /** Key and certificate: TLS. */
  readonly tls?: TlsOptions | undefined;
  /** With `tls`: plain TCP on the same port as well; the first byte of the client decides. */
  readonly plainToo?: boolean | undefined;
}

/** Type of the TLS record that opens a handshake: RFC 8446 5.1. No MQTT packet type starts with it. */
const HANDSHAKE = 0x16;

/** ms for the first byte; as the broker's own limit for CONNECT. */
const FIRST_BYTE_LIMIT = 30_000;

/** A server that hands over each connection, TLS already off it. */
export function createBrokerServer(
  { tls, plainToo = false }: BrokerServerOptions,
  accept: (socket: Socket) => void,
): Server {
  if (tls === undefined) return createServer({ noDelay: true }, accept);
  const secure = createTlsServer(tls, accept);
  if (!plainToo) return secure;
  return createServer({ noDelay: true }, (socket) => {
    onFirstByte(socket, (byte) => {
      if (byte === HANDSHAKE) secure.emit('connection', socket);
      else accept(socket);
    });
  });
}

/** The byte stays in the stream. A socket that sends none is destroyed. */
function onFirstByte(socket: Socket, decide: (byte: number) => void): void {
  const destroy = (): void => void socket.destroy();
  socket.on('error', destroy);
  socket.setTimeout(FIRST_BYTE_LIMIT, destroy);
  socket.once('end', destroy);
  socket.once('data', (first: Buffer) => {
    socket.pause();
    socket.setTimeout(0);
    socket.off('timeout', destroy);
    socket.off('end', destroy);
    socket.unshift(first);
    decide(first.readUInt8());
  });
}
