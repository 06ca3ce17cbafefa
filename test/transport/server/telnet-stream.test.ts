import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../../src/transport/open.js';
import { OPTION, optionCommand, subnegotiation, TELNET } from '../../../src/transport/server/telnet-codec.js';
import { traced } from '../../../src/transport/trace.js';
import { lineControl } from '../../../src/transport/transport.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../../helpers/streams.js';
import { asData, type FarServer, type FarServerPlan, farServer, obedient } from './far-server.js';

const { WILL, WONT, DO, DONT } = TELNET;
const { BINARY, ECHO, SUPPRESS_GO_AHEAD, COM_PORT } = OPTION;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(plan: FarServerPlan = {}): Promise<FarServer> {
  const server = await farServer(plan);
  closers.push(() => server.close());
  return server;
}

async function open(url: string): Promise<Duplex> {
  const port = await openTransport(url);
  closers.push(async () => {
    if (port.closed) return;
    port.destroy();
    await once(port, 'close');
  });
  return port;
}

const latin1 = (bytes: Buffer) => bytes.toString('latin1');

describe('telnet://', () => {
  it('carries all byte values, though the server never speaks of options', async () => {
    const server = await serve();
    const port = await open(`telnet://${server.address}`);
    await writeTo(port, ALL_BYTES);
    await server.until(latin1(ALL_BYTES));
    expect(server.heard).toEqual([latin1(ALL_BYTES)]);
    server.socket.write(asData(latin1(ALL_BYTES)));
    expect(await readFrom(port, 256)).toEqual(ALL_BYTES);
    expect(lineControl(port)).toBeUndefined();
  });

  it('carries 100 kB both ways at the same time', async () => {
    const server = await serve({ greeting: optionCommand(WILL, BINARY) });
    const port = await open(`telnet://${server.address}`);
    await server.until([DO, SUPPRESS_GO_AHEAD]);
    const written = writeTo(port, LARGE);
    server.socket.write(asData(latin1(LARGE)));
    expect(LARGE.equals(await readFrom(port, LARGE.length))).toBe(true);
    await written;
    await server.until(latin1(LARGE));
  });

  it('asks a server that speaks telnet for eight bits, and wants no echo of it', async () => {
    const server = await serve({ greeting: optionCommand(WILL, ECHO) });
    const port = await open(`telnet://${server.address}`);
    await server.until([DO, SUPPRESS_GO_AHEAD]);
    expect(server.heard).toEqual([
      [DONT, ECHO],
      [WILL, BINARY],
      [DO, BINARY],
      [WILL, SUPPRESS_GO_AHEAD],
      [DO, SUPPRESS_GO_AHEAD],
    ]);
    server.socket.write(optionCommand(DO, COM_PORT));
    await server.until([WONT, COM_PORT]);
    expect(port.destroyed).toBe(false);
  });

  it('quotes what the server said before it closed, and delivers it', async () => {
    const server = await serve({ greeting: 'Port already in use\r\n', ends: true });
    const port = await open(`telnet://${server.address}`);
    const { events, closed } = endings(port);
    port.on('data', (chunk) => events.push(String(chunk)));
    expect(await closed).toEqual([
      'Port already in use\r\n',
      expect.objectContaining({
        name: 'SerialServerError',
        code: 'PORT_CLOSED',
        said: 'Port already in use',
        message: `telnet://${server.address}: closed by the other side, which said "Port already in use"`,
      }),
      'close',
    ]);
  });

  it('says that settings need another protocol', async () => {
    await expect(openTransport('telnet://h:1?baudRate=9600')).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('rfc2217://'),
    });
  });
});

describe('rfc2217://', () => {
  it('makes the settings of the URL before it is open, and no others', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    const query = 'baudRate=9600&dataBits=7&parity=even&stopBits=2&rtscts=true&dtr=false&rts=true';
    await open(`rfc2217://${server.address}?${query}`);
    const messages = server.heard.filter((item) => item.length > 2 || item[0] === 2 || Number(item[0]) < 100);
    expect(messages).toEqual([
      [1, 0, 0, 0x25, 0x80],
      [2, 7],
      [3, 3],
      [4, 2],
      [5, 3],
      [5, 9],
      [5, 11],
    ]);
  });

  it('sets nothing that is not given', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    await open(`rfc2217://${server.address}`);
    // Asking for the rate changes nothing.
    expect(server.heard.at(-1)).toEqual([1, 0, 0, 0, 0]);
    expect(server.heard.filter((item) => Number(item[0]) < 100)).toHaveLength(1);
  });

  it.each([
    ['a rate', 'baudRate=115200', [101, 0, 0, 0x25, 0x80], /cannot do baudRate=115200: it answers 9600/],
    ['a parity', 'parity=odd', [103, 1], /cannot do parity=odd/],
    ['a line', 'dtr=false', [105, 8], /cannot do dtr=false/],
  ])('rejects if the server answers with another value of %s', async (_what, query, answer, message) => {
    const server = await serve({ comPort: true, answer: () => answer });
    await expect(openTransport(`rfc2217://${server.address}?${query}`)).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: expect.stringMatching(message),
    });
    if (!server.socket.destroyed) await once(server.socket, 'close');
  });

  it('waits for no answer for ever', async () => {
    const server = await serve({
      comPort: true,
      answer: (message) => (message[0] === 1 ? obedient(message) : undefined),
    });
    await expect(openTransport(`rfc2217://${server.address}?stopBits=2&rtscts=false`)).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: expect.stringMatching(/does not confirm stopBits=2 and rtscts=false/),
    });
  });

  it.each([
    ['refuses the option', { comPort: false }, 'telnet'],
    ['speaks telnet, but says nothing to the option', { greeting: optionCommand(WILL, ECHO) }, 'telnet'],
    ['speaks no telnet', { greeting: '\r\nRDY\r\n' }, 'tcp'],
  ])('names the right URL for a server that %s', async (_what, plan, scheme) => {
    const server = await serve(plan);
    await expect(openTransport(`rfc2217://${server.address}`, { timeout: 500 })).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: expect.stringContaining(`${scheme}://${server.address}`),
    });
  });

  it.each([
    ['Port already in use\r\n', 'PORT_BUSY'],
    ['Device open failure: Value or file not found\r\n', 'PORT_FAILED'],
  ])('rejects with what the server said: %j', async (words, code) => {
    const greeting = Buffer.concat([optionCommand(DO, COM_PORT), Buffer.from(words)]);
    const server = await serve({ greeting, ends: true });
    await expect(openTransport(`rfc2217://${server.address}?baudRate=9600`)).rejects.toMatchObject({
      name: 'SerialServerError',
      code,
      said: words.trim(),
    });
  });

  it('gives up for a caller who aborts, and closes the connection', async () => {
    const server = await serve();
    const abort = new AbortController();
    const opening = openTransport(`rfc2217://${server.address}`, { signal: abort.signal });
    await server.until([WILL, COM_PORT]);
    const closed = once(server.socket, 'close');
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
    await closed;
  });

  it.each(['xon=true', 'lock=false', 'binding=poll', 'speed=1'])('refuses the setting %s', async (query) => {
    await expect(openTransport(`rfc2217://h:1?${query}`)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: query.split('=')[0],
    });
  });

  it('switches lines, holds a break and reads lines, below a trace too', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    const port = await open(`rfc2217://${server.address}`);
    const trace = traced(port, () => {});
    trace.on('error', () => {});
    const lines = lineControl(trace);
    await lines?.setLines({ dtr: false, rts: true });
    await lines?.sendBreak(20);
    server.socket.write(subnegotiation(COM_PORT, Buffer.from([107, 0xb0])));
    const { dtr, rts, cts, dsr, ri, dcd } = (await lines?.readLines()) ?? {};
    expect({ dtr, rts, cts, dsr, ri, dcd }).toEqual({
      ...{ dtr: false, rts: true },
      ...{ cts: true, dsr: true, ri: false, dcd: true },
    });
    expect(server.heard.slice(-6)).toEqual([
      [5, 9],
      [5, 11],
      [5, 5],
      [5, 6],
      [5, 7],
      [5, 10],
    ]);
    await expect(lines?.sendBreak(0)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('keeps data and commands in the order of the calls', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    const port = await open(`rfc2217://${server.address}`);
    const before = server.heard.length;
    port.write('one\xff', 'latin1');
    const switched = lineControl(port)?.setLines({ dtr: false });
    await switched;
    port.write('two');
    await server.until('two');
    expect(server.heard.slice(before)).toEqual(['one\xff', [5, 9], 'two']);
  });

  it('says that the server cannot switch a line, and goes on', async () => {
    const server = await serve({
      comPort: true,
      answer: (message) => (message[0] === 5 ? undefined : obedient(message)),
    });
    const port = await open(`rfc2217://${server.address}`);
    await expect(lineControl(port)?.setLines({ dtr: false })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    port.write('AT\r');
    await server.until('AT\r');
  });

  it('doubles 255 inside a message too', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    await open(`rfc2217://${server.address}?baudRate=65535`);
    expect(server.heard.at(-1)).toEqual([1, 0, 0, 255, 255]);
  });

  it('holds data back while the server wants that, and settles them when it is closed', async () => {
    const server = await serve({ comPort: true, answer: obedient });
    const port = await open(`rfc2217://${server.address}`);
    const before = server.heard.length;
    server.socket.write(Buffer.concat([subnegotiation(COM_PORT, Buffer.from([108])), Buffer.from('x')]));
    await readFrom(port, 1);
    const written = writeTo(port, 'later');
    // The answer shows that the data would have arrived before it.
    await lineControl(port)?.setLines({ rts: true });
    expect(server.heard.slice(before)).toEqual([[5, 11]]);
    server.socket.write(subnegotiation(COM_PORT, Buffer.from([109])));
    await written;
    await server.until('later');
    server.socket.write(Buffer.concat([subnegotiation(COM_PORT, Buffer.from([108])), Buffer.from('x')]));
    await readFrom(port, 1);
    const lost = writeTo(port, 'never');
    port.destroy();
    expect(await lost).toMatchObject({ code: 'CLOSED' });
  });

  it('settles what waits for the server when the connection is lost', async () => {
    const server = await serve({
      comPort: true,
      answer: (message) => (message[0] === 1 ? obedient(message) : undefined),
    });
    const port = await open(`rfc2217://${server.address}`);
    const { closed } = endings(port);
    const broken = lineControl(port)?.sendBreak(10_000);
    await server.until([5, 5]);
    server.socket.destroy();
    await expect(broken).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await closed).toEqual([expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']);
  });
});
