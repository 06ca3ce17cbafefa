import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, type Server, connect as tcpConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { createBrokerServer } from '../../src/simulator/broker-server.js';

const tls = {
  key: readFileSync(new URL('tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('tls/cert.pem', import.meta.url)),
};

let server: Server;

afterEach(() => once(server.close(), 'close'));

/** A server that sends back what it gets, and its port. */
async function listen(): Promise<number> {
  server = createBrokerServer({ tls, plainToo: true }, (socket) => socket.pipe(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

test('one port takes TCP and TLS, and loses no byte of either', async () => {
  const port = await listen();
  const text = 'x'.repeat(100_000);
  const plain = tcpConnect(port, '127.0.0.1');
  const secure = tlsConnect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  for (const socket of [plain, secure]) {
    socket.end(text);
    let echoed = '';
    for await (const chunk of socket) echoed += chunk;
    expect(echoed).toBe(text);
  }
});

test('a TLS handshake may come in pieces', async () => {
  const port = await listen();
  const raw = tcpConnect(port, '127.0.0.1');
  const relayPort = await new Promise<number>((resolve) => {
    const relay = createBrokerServer({}, (socket) => {
      relay.close();
      socket.on('data', (bytes: Buffer) => {
        for (const byte of bytes) raw.write(Buffer.from([byte]));
      });
      raw.pipe(socket);
    });
    relay.listen(0, '127.0.0.1', () => resolve((relay.address() as AddressInfo).port));
  });
  raw.setNoDelay();
  const secure = tlsConnect({ port: relayPort, host: '127.0.0.1', rejectUnauthorized: false });
  secure.write('hello');
  const [echoed] = (await once(secure, 'data')) as [Buffer];
  expect(String(echoed)).toBe('hello');
  secure.destroy();
  raw.destroy();
});

test('a socket that ends without a word is closed', async () => {
  const socket = tcpConnect(await listen(), '127.0.0.1');
  socket.resume();
  socket.end();
  await once(socket, 'close');
  expect(socket.bytesRead).toBe(0);
});

test('what is no TLS behind its first byte is closed', async () => {
  const socket = tcpConnect(await listen(), '127.0.0.1');
  socket.resume();
  socket.on('error', () => {});
  socket.write(Buffer.from([0x16, 0, 0, 0, 0, 0, 0]));
  await once(socket, 'close');
});
