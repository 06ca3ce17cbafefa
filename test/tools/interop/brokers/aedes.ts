import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { Aedes } from 'aedes';
import { inProject, inTools } from '../../shared/project.js';
import type { Cleanup } from '../harness/cleanup.js';
import type { Broker, Endpoint } from './broker.js';
import { allows, knows } from './rules.js';

/** Aedes 1 in this process, its sessions and retained messages in memory. */
export async function startAedes(cleanup: Cleanup): Promise<Broker> {
  const open = await Aedes.createBroker();
  const guarded = await createGuarded();
  for (const aedes of [open, guarded]) {
    cleanup.add(() => new Promise<void>((resolve) => aedes.close(() => resolve())));
  }
  const accept = (socket: Duplex) => void open.handle(socket as Socket);
  const tls = { key: file('server.key'), cert: file('server.pem') };
  const mutual: TlsOptions = { ...tls, ca: file('ca.pem'), requestCert: true, rejectUnauthorized: true };
  const { version } = JSON.parse(readFileSync(inProject('node_modules/aedes/package.json'), 'utf8'));
  return {
    name: 'aedes',
    title: `Aedes ${version}`,
    // Measured with MQTT.js on both sides: PUBREL of the first stored message never comes, that of the next comes twice.
    lacks: {
      keptQos2: 'Aedes releases one of the stored QoS 2 messages twice and another never, for any client',
    },
    doors: {
      plain: await listen(createServer({ noDelay: true }, accept), cleanup),
      tls: await listen(createTlsServer(tls, accept), cleanup),
      mutual: await listen(createTlsServer(mutual, accept), cleanup),
      ws: await listen(webSocketServer(accept), cleanup),
      guarded: await listen(
        createServer({ noDelay: true }, (socket) => void guarded.handle(socket)),
        cleanup,
      ),
    },
  };
}

async function createGuarded(): Promise<Aedes> {
  const users = new WeakMap<object, string>();
  const may = (client: object | null, topic: string): boolean =>
    allows(client ? users.get(client) : undefined, topic);
  return Aedes.createBroker({
    authenticate: (client, username, password, done) => {
      if (!knows(username, password))
        return done(Object.assign(new Error('unknown'), { returnCode: 4 }), false);
      users.set(client, String(username));
      done(null, true);
    },
    authorizePublish: (client, { topic }, done) =>
      done(may(client, topic) ? null : new Error(`${topic} refused`)),
    authorizeSubscribe: (client, subscription, done) => {
      // The granted QoS is read from the subscription that came in.
      if (subscription.qos === 2) subscription.qos = 1;
      done(null, may(client, subscription.topic) ? subscription : null);
    },
  });
}

function file(name: string): Buffer {
  return readFileSync(inTools(`interop/tls/${name}`));
}

interface WebSocketLibrary {
  readonly WebSocketServer: new (options: {
    readonly server: HttpServer;
  }) => { on(event: 'connection', listener: (socket: object) => void): void };
  createWebSocketStream(socket: object): Duplex;
}

/** As the manual of Aedes has it: each WebSocket is a stream. */
function webSocketServer(accept: (stream: Duplex) => void): HttpServer {
  const ws = createRequire(inTools('interop/clients/package.json'))('ws') as WebSocketLibrary;
  const server = createHttpServer();
  new ws.WebSocketServer({ server }).on('connection', (socket) => accept(ws.createWebSocketStream(socket)));
  return server;
}

async function listen(server: Server, cleanup: Cleanup): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.add(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}
