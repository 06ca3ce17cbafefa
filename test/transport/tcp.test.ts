import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../src/transport/open.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../helpers/streams.js';

describe('a TCP serial server', () => {
  let server: Server;
  let url: string;
  const sockets = new Set<Socket>();

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server.close();
    if (server.listening) await once(server, 'close');
  });

  async function open() {
    const accepted = once(server, 'connection');
    const port = await openTransport(url);
    const [module]: Socket[] = (await accepted) as Socket[];
    return { port, module: module as Socket };
  }

  it('carries all byte values and 100 kB both ways', async () => {
    const { port, module } = await open();
    port.write(ALL_BYTES);
    expect(await readFrom(module, 256)).toEqual(ALL_BYTES);
    module.write(ALL_BYTES);
    expect(await readFrom(port, 256)).toEqual(ALL_BYTES);
    const both = [readFrom(module, LARGE.length), readFrom(port, LARGE.length)];
    port.write(LARGE);
    module.write(LARGE);
    for (const received of both) expect(LARGE.equals(await received)).toBe(true);
    port.destroy();
    await once(port, 'close');
  });

  it.each([
    ['ends', (module: Socket) => module.end()],
    ['resets', (module: Socket) => module.resetAndDestroy()],
  ])('loses the link when the server %s, once, though nobody reads', async (_how, close) => {
    const { port, module } = await open();
    const { closed } = endings(port);
    close(module);
    expect(await closed).toEqual([
      expect.objectContaining({ name: 'ModemError', code: 'PORT_CLOSED' }),
      'close',
    ]);
    expect(await writeTo(port, 'AT\r')).toBeInstanceOf(Error);
    expect(await closed).toHaveLength(2);
  });

  it('delivers what came before the loss', async () => {
    const { port, module } = await open();
    const { events, closed } = endings(port);
    port.on('data', (chunk) => events.push(String(chunk)));
    module.end('\r\nNORMAL POWER DOWN\r\n');
    await closed;
    expect(events[0]).toBe('\r\nNORMAL POWER DOWN\r\n');
  });

  it.each([
    ['destroy', ['close']],
    ['reset', [expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']],
  ])('settles the writes in flight on %s while the server takes nothing', async (how, expected) => {
    const { port, module } = await open();
    const { closed } = endings(port);
    module.pause();
    const writes = [writeTo(port, Buffer.alloc(50_000_000)), writeTo(port, 'AT\r')];
    if (how === 'destroy') port.destroy();
    else module.resetAndDestroy();
    for (const write of writes) expect(await write).toBeInstanceOf(Error);
    expect(await closed).toEqual(expected);
  });

  it('end() closes after the last byte, and the server sees it', async () => {
    const { port, module } = await open();
    const { closed } = endings(port);
    const ended = once(module, 'end');
    port.end('bye');
    expect(String(await readFrom(module, 3))).toBe('bye');
    await ended;
    expect(await closed).toEqual(['close']);
  });

  it('reports a port on which nothing listens', async () => {
    server.close();
    await once(server, 'close');
    await expect(openTransport(url)).rejects.toMatchObject({
      code: 'PORT_NOT_FOUND',
      message: `${url}: nothing listens there`,
    });
  });

  it('reports a host that does not exist', async () => {
    await expect(openTransport('tcp://no-such-host.invalid:23')).rejects.toMatchObject({
      code: 'PORT_NOT_FOUND',
    });
  });

  it('gives up connecting for a caller who aborts', async () => {
    const abort = new AbortController();
    const opening = openTransport(url, { signal: abort.signal });
    abort.abort('enough');
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    await expect(openTransport(url, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each([
    'tcp://127.0.0.1',
    'tcp://:23',
    'tcp://h:0',
    'tcp://h:70000',
    'tcp://h:1/x',
    'tcp://u:pw@h:1',
    'tcp://h:1?a=b',
  ])('refuses %s', async (bad) => {
    const error = await openTransport(bad).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'port' });
    expect(error.message).not.toContain('pw');
  });
});
