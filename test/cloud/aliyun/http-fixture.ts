import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';

export const TARGET = {
  productKey: 'a1X2bEnP82z',
  productSecret: '7jluWm1zql7bt8qK',
  deviceName: 'example1',
};
export const SECRET = 'hunter2-hunter2';
export const TRIPLE = { productKey: TARGET.productKey, deviceName: TARGET.deviceName, deviceSecret: SECRET };

const servers = new Set<Server>();
const sockets = new Set<Socket>();
afterEach(closeServers);

/** Closes all servers of the test, and their connections. */
export async function closeServers(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await Promise.all([...servers].map((server) => once(server.close(), 'close')));
  servers.clear();
}

/** `://host:port` of a server that was just made. */
export async function listening(server: Server): Promise<string> {
  servers.add(server);
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `://host:port` of a server that does this with each connection. */
export function tcpServer(serve: (socket: Socket) => void): Promise<string> {
  return listening(createServer(serve));
}

/** A server of raw bytes: it answers each whole request with this text, or as the function does. */
export async function rawServer(answer: string | ((socket: Socket) => void)) {
  const requests: string[] = [];
  let connections = 0;
  const url = await tcpServer((socket) => {
    connections += 1;
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const [, head = '', body = ''] = /^(.*?\r\n\r\n)(.*)$/s.exec(received) ?? [];
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (body.length !== length) return;
      requests.push(received);
      received = '';
      if (typeof answer === 'function') answer(socket);
      else socket.end(answer);
    });
  });
  return { url: `http${url}`, requests, connections: () => connections };
}

export function response(status: string, body: string, ...headers: string[]): string {
  const all = [`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`, ...headers];
  return `${all.join('\r\n')}\r\n\r\n${body}`;
}

export const SUCCESS = JSON.stringify({ code: 200, data: TRIPLE, message: 'success' });
