import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { aModule, BROKER, Listener } from './far-side.js';
import { RunningExample } from './running-example.js';

async function chatting() {
  const server = new RunningExample('chat-server.js', ['0', '0']);
  const [broker] = await server.shows('stdout', /mqtt:\S+/);
  const [page] = await server.shows('stdout', /http:\S+/);
  return { server, broker, page, socket: `${page.replace('http', 'ws')}/mqtt` };
}

it('a module and a browser hear each other, line by line', async () => {
  const { broker, socket } = await chatting();
  // What the page does, over the same WebSocket.
  const browser = await Listener.on(socket, 'chat/+', { clientId: 'web-test' });
  const module = await aModule(broker);
  const person = new RunningExample('chat-module.js', [module.url, BROKER, 'meter-7']);
  person.process.stdin.write('Hello, "browser" 你好\n');
  await browser.hears('1 chat/meter-7 Hello, "browser" 你好');
  await person.shows('stdout', /^meter-7: Hello, "browser" 你好$/m);
  await browser.client.publishAsync('chat/web-test', '<b>hello</b>', { qos: 1 });
  await person.shows('stdout', /^web-test: <b>hello<\/b>$/m);
  person.process.stdin.end('Bye\n');
  await browser.hears('1 chat/meter-7 Bye');
  expect(await person.ended(), person.stderr).toBe(0);
});

it('the server gives out the page and the MQTT client in it, to a page opened as a file as well', async () => {
  const { page } = await chatting();
  const served = await fetch(page);
  expect(served.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await served.text()).toBe(await readFile(new URL('chat.html', import.meta.url), 'utf8'));
  const script = await fetch(`${page}/mqtt.js`, { headers: { origin: 'null' } });
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('access-control-allow-origin')).toBe('*');
  const bundle = fileURLToPath(import.meta.resolve('mqtt/dist/mqtt.esm'));
  expect(await script.text()).toBe(await readFile(bundle, 'utf8'));
  expect((await fetch(`${page}/chat-server.js`)).status).toBe(404);
});

it('a browser that goes without a word does no harm', async () => {
  const { socket, server } = await chatting();
  const leaving = await Listener.on(socket);
  leaving.client.stream.destroy();
  leaving.client.end(true);
  const staying = await Listener.on(socket, 'chat/+');
  await staying.client.publishAsync('chat/web', 'still here', { qos: 1 });
  await staying.hears('1 chat/web still here');
  expect(server.stderr).toBe('');
});
