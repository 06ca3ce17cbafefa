// node chat-server.js [MQTT port] [page port]
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';

const [mqttPort = '1883', pagePort = '8888'] = process.argv.slice(2);

const FILES = {
  '/': ['text/html', fileURLToPath(new URL('chat.html', import.meta.url))],
  '/mqtt.js': ['text/javascript', fileURLToPath(import.meta.resolve('mqtt/dist/mqtt.esm'))],
};

const broker = await Aedes.createBroker();

// Modules come by plain MQTT.
const modules = createServer((socket) => broker.handle(socket));
modules.listen(Number(mqttPort), () => console.log(`mqtt://localhost:${modules.address().port}`));

// Browsers get the page, and speak MQTT over WebSocket on the same port.
const web = createHttpServer(async ({ url }, response) => {
  const [type, path] = FILES[url] ?? [];
  if (path === undefined) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'access-control-allow-origin': '*' });
  response.end(await readFile(path));
});
const sockets = new WebSocketServer({ server: web, path: '/mqtt', maxPayload: 65_536 });
sockets.on('connection', (socket, request) => {
  const stream = createWebSocketStream(socket);
  stream.on('error', () => {}); // a browser that goes without a word
  broker.handle(stream, request);
});
web.listen(Number(pagePort), () => console.log(`http://localhost:${web.address().port}`));
