import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { listenMemory, memoryLink } from '../../src/transport/memory.js';
import { openTransport, registerScheme, type TransportSource } from '../../src/transport/open.js';
import { endings, readFrom } from '../helpers/streams.js';

describe('openTransport', () => {
  it('connects to memory:<name>', async () => {
    const stop = listenMemory('module 7', (module) => module.write('RDY'));
    const port = await openTransport('memory:module%207');
    const { closed } = endings(port);
    expect(String(await readFrom(port, 3))).toBe('RDY');
    stop();
    await closed;
    await expect(openTransport('memory:module%207')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  });

  it('gives registered schemes the URL', async () => {
    const [te] = memoryLink();
    let seen: URL | undefined;
    registerScheme('testing', async (url) => {
      seen = url;
      return te;
    });
    expect(await openTransport('testing:one?fault=echo')).toBe(te);
    expect(seen?.searchParams.get('fault')).toBe('echo');
  });

  it('refuses a bad scheme name', () => {
    expect(() => registerScheme('1x', async () => memoryLink()[0])).toThrow(
      expect.objectContaining({ field: 'scheme' }),
    );
  });

  it('takes the own streams of a function as they are, and makes others keep the contract', async () => {
    const [te] = memoryLink();
    expect(await openTransport(() => te)).toBe(te);
    const foreign = new PassThrough();
    const port = await openTransport(async () => foreign);
    const { closed } = endings(port);
    foreign.destroy(new Error('broken'));
    expect(await closed).toEqual([
      expect.objectContaining({ name: 'ModemError', code: 'PORT_FAILED', message: 'port: broken' }),
      'close',
    ]);
  });

  it('passes on what a function throws, and refuses what is no open stream', async () => {
    const boom = new Error('boom');
    const failing = () => {
      throw boom;
    };
    await expect(openTransport(failing)).rejects.toBe(boom);
    const nothing = (() => undefined) as unknown as TransportSource;
    await expect(openTransport(nothing)).rejects.toMatchObject({ field: 'port' });
    await expect(openTransport(() => new PassThrough().destroy())).rejects.toMatchObject({
      code: 'PORT_CLOSED',
    });
  });

  it.each(['', 'ttyUSB0', 'foo', 'http://x', 'serial://[', 'COM', 'memory:%zz'])(
    'refuses "%s"',
    async (source) => {
      await expect(openTransport(source)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'port' });
    },
  );

  it.each([
    ['ttyUSB0', '/dev/ttyUSB0'],
    ['cu.usbserial-1', '/dev/cu.usbserial-1'],
    ['192.0.2.7:4001', 'tcp://192.0.2.7:4001'],
    ['gateway:4001', 'tcp://gateway:4001'],
    ['[::1]:4001', 'tcp://[::1]:4001'],
    ['/dev/ttyUSB0?baudRate=9600', 'serial:///dev/ttyUSB0?baudRate=9600'],
    ['COM3?baudRate=9600&rtscts=true', 'serial:COM3?baudRate=9600&rtscts=true'],
  ])('shows for %s how it is written', async (source, meant) => {
    await expect(openTransport(source)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'port',
      message: expect.stringMatching(`must be written ${meant.replaceAll(/[?[\]]/g, '\\$&')}$`),
    });
  });

  it('refuses what is neither text nor function', async () => {
    await expect(openTransport(7 as unknown as string)).rejects.toMatchObject({ field: 'port' });
  });

  it('tells how to get sim:', async () => {
    await expect(openTransport('sim:')).rejects.toThrow("import 'atmqtt/simulator' first");
  });

  it('shows no password and no query in an error', async () => {
    await expect(openTransport('mqtt://u:secret@h?x=secret')).rejects.toThrow('port is "mqtt://***@h", but');
  });

  it.each([0, -1, Number.NaN, 2 ** 31])('refuses a timeout of %d ms', async (timeout) => {
    await expect(openTransport('memory:x', { timeout })).rejects.toMatchObject({ field: 'timeout' });
  });

  it('destroys a stream that comes after the time ran out', async () => {
    const [te, ta] = memoryLink();
    const { closed } = endings(ta);
    let arrive = (_stream: typeof te) => {};
    const late = new Promise<typeof te>((resolve) => {
      arrive = resolve;
    });
    await expect(openTransport(() => late, { timeout: 5 })).rejects.toMatchObject({
      code: 'PORT_FAILED',
      message: 'port: could not be opened within 5 ms',
    });
    arrive(te);
    expect(await closed).toContain('close');
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    await openTransport(() => memoryLink()[0], { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
