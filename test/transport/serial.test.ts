import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../src/transport/open.js';
import { openWithThreadPool } from '../../src/transport/serial.js';
import { SerialPollStream } from '../../src/transport/serial-poll-stream.js';
import { SerialStream } from '../../src/transport/serial-stream.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../helpers/streams.js';

describe.skipIf(!hasPty)('a serial port', () => {
  let pty: Pty;
  beforeEach(async () => {
    pty = await openPty();
  });
  afterEach(() => pty.close());

  it('carries all byte values both ways', async () => {
    const port = await openTransport(pty.path);
    const received = readFrom(pty.stream, 256);
    expect(await writeTo(port, ALL_BYTES)).toBeFalsy();
    expect(await received).toEqual(ALL_BYTES);
    pty.stream.write(ALL_BYTES);
    expect(await readFrom(port, 256)).toEqual(ALL_BYTES);
    port.destroy();
    await once(port, 'close');
  });

  it('carries 100 kB both ways at the same time', async () => {
    const port = await openTransport(`serial://${pty.path}?baudRate=921600&lock=false`);
    const both = [readFrom(pty.stream, LARGE.length), readFrom(port, LARGE.length)];
    port.write(LARGE);
    pty.stream.write(LARGE);
    for (const received of both) expect(LARGE.equals(await received)).toBe(true);
    port.destroy();
    await once(port, 'close');
  });

  it('never lets an answer overtake the callback of its write', async () => {
    const port = await openTransport(pty.path);
    pty.stream.on('data', () => pty.stream.write('\r\nOK\r\n'));
    let written = 0;
    let early = 0;
    let answered = 0;
    const nextAnswer = () =>
      new Promise<void>((resolve) => {
        port.once('data', () => {
          if (written <= answered) early += 1;
          answered += 1;
          resolve();
        });
      });
    for (let turn = 0; turn < 500; turn += 1) {
      const answer = nextAnswer();
      const write = writeTo(port, 'AT\r').then(() => {
        written += 1;
      });
      await Promise.all([answer, write]);
    }
    expect({ early, answered }).toEqual({ early: 0, answered: 500 });
    port.destroy();
    await once(port, 'close');
  });

  it('opens again after destroy', async () => {
    for (const round of ['one', 'two']) {
      const port = await openTransport(pty.path);
      const { closed } = endings(port);
      port.write(round);
      expect(String(await readFrom(pty.stream, 3))).toBe(round);
      port.destroy();
      expect(await closed).toEqual(['close']);
    }
  });

  it('end() closes after the last byte', async () => {
    const port = await openTransport(pty.path);
    const { closed } = endings(port);
    const received = readFrom(pty.stream, 5000);
    port.end(Buffer.alloc(5000, 'x'));
    expect(await closed).toEqual(['close']);
    expect(await received).toHaveLength(5000);
  });

  it('reports an unplugged device once, though nobody reads', async () => {
    const port = await openTransport(pty.path);
    const { closed } = endings(port);
    await pty.close();
    expect(await closed).toEqual([
      expect.objectContaining({ name: 'ModemError', code: 'PORT_CLOSED' }),
      'close',
    ]);
    expect(await writeTo(port, 'AT\r')).toBeInstanceOf(Error);
    expect(await closed).toHaveLength(2);
  });

  it('notices a device that says goodbye and vanishes', async () => {
    const port = await openTransport(pty.path);
    const { events, closed } = endings(port);
    port.on('data', (chunk) => events.push(String(chunk)));
    pty.stream.write('\r\nNORMAL POWER DOWN\r\n');
    await once(port, 'data');
    await pty.close();
    expect(await closed).toEqual([
      '\r\nNORMAL POWER DOWN\r\n',
      expect.objectContaining({ code: 'PORT_CLOSED' }),
      'close',
    ]);
  });

  it('stalls the module while nobody reads, loses nothing, and still writes', async () => {
    const port = await openTransport(pty.path);
    port.pause();
    pty.stream.write(LARGE);
    port.write('AT\r');
    expect(String(await readFrom(pty.stream, 3))).toBe('AT\r');
    expect(LARGE.equals(await readFrom(port.resume(), LARGE.length))).toBe(true);
    port.destroy();
    await once(port, 'close');
  });

  it('settles the writes in flight when the device is unplugged', async () => {
    const port = await openTransport(pty.path);
    const { closed } = endings(port);
    const writes = [writeTo(port, Buffer.alloc(1_000_000)), writeTo(port, 'AT\r')];
    await pty.close();
    for (const write of writes) expect(await write).toBeInstanceOf(Error);
    expect(await closed).toEqual([expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']);
  });

  it('settles the writes in flight on destroy while the module takes nothing', async () => {
    const port = await openTransport(pty.path);
    const { closed } = endings(port);
    const writes = [writeTo(port, Buffer.alloc(1_000_000)), writeTo(port, 'AT\r')];
    port.destroy();
    expect(await writes[0]).toMatchObject({ code: 'CLOSED' });
    expect(await writes[1]).toBeInstanceOf(Error);
    expect(await closed).toEqual(['close']);
  });

  it.each([
    ['poll', SerialPollStream],
    ['stock', SerialStream],
  ])('takes the way of binding=%s', async (binding, way) => {
    const port = await openTransport(`serial://${pty.path}?binding=${binding}`);
    expect(port).toBeInstanceOf(way);
    const received = readFrom(pty.stream, 256);
    expect(await writeTo(port, ALL_BYTES)).toBeFalsy();
    expect(await received).toEqual(ALL_BYTES);
    port.destroy();
    await once(port, 'close');
  });

  it('says that another one holds the port', async () => {
    const port = await openTransport(pty.path);
    await expect(openTransport(pty.path)).rejects.toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining('another process holds the port'),
    });
    port.destroy();
    await once(port, 'close');
  });

  it('does not open a port for a caller who has given up', async () => {
    const abort = new AbortController();
    const opening = openTransport(pty.path, { signal: abort.signal });
    abort.abort();
    await expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe.skipIf(!hasPty)('a serial port by way of the thread pool, as on Windows', () => {
  it('carries bytes, is exclusive, settles its writes and closes', async () => {
    const pty = await openPty();
    const settings = { path: pty.path, baudRate: 115_200 };
    const port = await openWithThreadPool(settings);
    await expect(openWithThreadPool(settings)).rejects.toMatchObject({ code: 'PORT_BUSY' });
    const { closed } = endings(port);
    const both = [readFrom(pty.stream, LARGE.length), readFrom(port, 256)];
    expect(await writeTo(port, LARGE)).toBeFalsy();
    pty.stream.write(ALL_BYTES);
    expect(LARGE.equals((await both[0]) as Buffer)).toBe(true);
    expect(await both[1]).toEqual(ALL_BYTES);
    pty.stream.pause();
    const writes = [writeTo(port, Buffer.alloc(1_000_000)), writeTo(port, 'AT\r')];
    port.destroy();
    for (const write of writes) expect(await write).toBeInstanceOf(Error);
    expect(await closed).toEqual(['close']);
    await pty.close();
  });
});

describe('a serial port that cannot be opened', () => {
  it('is missing', async () => {
    await expect(openTransport('/dev/ttyNONE9')).rejects.toMatchObject({
      code: 'PORT_NOT_FOUND',
      message: expect.stringMatching(/^\/dev\/ttyNONE9: there is no such port/),
    });
  });

  it.each([
    ['/dev/null', 'PORT_FAILED', 'this is not a serial port'],
    [tmpdir(), 'PORT_FAILED', 'this is not a serial port'],
    ['/dev/null/ttyUSB0', 'PORT_NOT_FOUND', 'there is no such port'],
  ])('is %s', async (path, code, words) => {
    for (const binding of ['poll', 'stock']) {
      await expect(openTransport(`serial://${path}?binding=${binding}`)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
      });
    }
  });

  it('has no hardware', async ({ skip }) => {
    const path = join(await mkdtemp(join(tmpdir(), 'atmqtt-node-')), 'ttyEMPTY');
    // 120 is a major number for local use.
    if (spawnSync('mknod', [path, 'c', '120', '250']).status !== 0) skip('only root can make a device file');
    await expect(openTransport(path)).rejects.toMatchObject({
      code: 'PORT_NOT_FOUND',
      message: expect.stringContaining('no device is behind it'),
    });
    await rm(dirname(path), { recursive: true });
  });

  it('is not permitted to anybody, as in a container without the device', async ({ skip }) => {
    const path = join(await mkdtemp(join(tmpdir(), 'atmqtt-node-')), 'ttyDENIED');
    await writeFile(path, '');
    // What the system answers for an immutable file is what it answers for a device that a container was not given.
    if (spawnSync('chattr', ['+i', path]).status !== 0) skip('no file can be made immutable here');
    const opening = openTransport(path).catch((error) => error);
    expect(await opening).toMatchObject({ code: 'PORT_NO_PERMISSION' });
    spawnSync('chattr', ['-i', path]);
    await rm(dirname(path), { recursive: true });
  });
});
