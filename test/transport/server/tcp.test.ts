import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../../src/transport/open.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../../helpers/streams.js';

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

  it.each([
    ['in one piece', [[255, 251, 3, 255, 253, 44]], 'rfc2217'],
    ['in single bytes', [[255], [253], [1]], 'telnet'],
  ])('knows a telnet server, its greeting %s, before a byte passes', async (_how, chunks, scheme) => {
    const { port, module } = await open();
    module.setNoDelay(true);
    const { events, closed } = endings(port);
    port.on('data', (chunk) => events.push(chunk));
    for (const chunk of chunks) {
      module.write(Buffer.from(chunk));
      await new Promise(setImmediate);
    }
    expect(await closed).toEqual([
      expect.objectContaining({
        name: 'SerialServerError',
        code: 'PORT_FAILED',
        message: expect.stringContaining(`use ${scheme}://${url.slice('tcp://'.length)}`),
      }),
      'close',
    ]);
  });

  it.each([
    ['a framing error in front', [255, 13, 10, 79, 75, 13, 10]],
    ['noise', [255, 254, 0, 255]],
    ['an option that does not exist', [255, 251, 200]],
    ['only a beginning', [255]],
    ['a beginning that goes on otherwise', [255, 253, 255]],
  ])('takes %s for data', async (_what, bytes) => {
    const { port, module } = await open();
    module.write(Buffer.from(bytes));
    expect([...(await readFrom(port, bytes.length))]).toEqual(bytes);
    module.write(Buffer.from([255, 251, 3]));
    expect([...(await readFrom(port, 3))]).toEqual([255, 251, 3]);
    port.destroy();
    await once(port, 'close');
  });

  it('delivers the beginning of what was no greeting when the server ends', async () => {
    const { port, module } = await open();
    const { events, closed } = endings(port);
    port.on('data', (chunk) => events.push([...chunk]));
    module.end(Buffer.from([255, 251]));
    expect((await closed)[0]).toEqual([255, 251]);
  });

  it.each([
    ['Port already in use\r\n', 'Port already in use'],
    ['Welcome\r\n\r\nNo\tmore\x07 users\r\n', 'Welcome\\nNo\\tmore\\x07 users'],
    ['\r\nOK\r\nkicked off, new user is coming\r\n', 'kicked off, new user is coming'],
    [`${'x'.repeat(1000)}\r\nport is shutting down\r\n`, 'port is shutting down'],
    ['\r\n+CME ERROR: SIM not inserted\r\n', undefined],
    ['AT+CGMR\r\r\nOK\r\n', undefined],
    ['\x00\xff\x80\x01', undefined],
  ])('quotes what a server says before it closes: %j', async (sent, said) => {
    const { port, module } = await open();
    const { closed } = endings(port);
    module.end(Buffer.from(sent, 'latin1'));
    const [error] = await closed;
    expect(error).toMatchObject({ code: 'PORT_CLOSED' });
    if (said !== undefined)
      expect(error).toMatchObject({ said, message: expect.stringContaining(`"${said}"`) });
    else expect(error).not.toHaveProperty('said');
  });

  it('quotes no more than 200 bytes', async () => {
    const { port, module } = await open();
    const { closed } = endings(port);
    module.end('word '.repeat(10_000));
    const [error] = await closed;
    expect((error as { said: string }).said.length).toBeLessThanOrEqual(200);
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
