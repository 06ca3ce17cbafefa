import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Channel, type ChannelOptions } from '../../src/at/channel.js';
import { scriptedModule, turn } from '../helpers/scripted-module.js';
import { INTERVAL, LONG, NOTE, type Opened, open, PLAIN, publish, query } from './channel-fixtures.js';

const STATE = query('+STATE');

const bootMarker: NonNullable<ChannelOptions['bootMarker']> = (text) => {
  if (text === 'RDY') return 'certain';
  return text.includes('Lierda') ? 'likely' : undefined;
};

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** Starts one request that waits for its result, one that runs and one that is queued; gives how each of them ends. */
async function pending({ channel, module }: Opened): Promise<{ readonly codes: Promise<unknown[]> }> {
  const result = channel.execute(publish(), { id: 1 }, { timeout: LONG });
  await module.answers('AT+PUB=1');
  const all = [result, channel.execute(STATE, null), channel.execute(PLAIN, null, { timeout: LONG })];
  await module.expects('AT+STATE\r\n');
  return { codes: Promise.all(all.map((request) => request.catch((error) => error.code))) };
}

describe('Channel, when it ends', () => {
  it('rejects all that is pending and leaves no timer when it is closed', async () => {
    const before = timers();
    const opened = open({ gap: 5 });
    const { channel, module, events } = opened;
    channel.onUrc(NOTE, () => expect.unreachable());
    const { codes } = await pending(opened);
    const synchronised = channel.synchronise().catch((error) => error.code);
    await module.sends('\r\n+RECV: 5,a\r\n');
    channel.close();
    channel.close();
    expect(channel.closed).toBe(true);
    expect(await codes).toEqual(['CLOSED', 'CLOSED', 'CLOSED']);
    expect(await synchronised).toBe('CLOSED');
    await once(channel, 'close');
    expect(events.at(-1)).toBe('close undefined');
    expect(timers()).toBeLessThanOrEqual(before);
    await expect(channel.send('AT+X')).rejects.toMatchObject({ code: 'CLOSED', command: 'AT+X' });
    await expect(channel.synchronise()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('rejects all that is pending when the port vanishes', async () => {
    const before = timers();
    const opened = open();
    const { codes } = await pending(opened);
    const closed = once(opened.channel, 'close');
    opened.module.vanish();
    await closed;
    expect(await codes).toEqual(['PORT_CLOSED', 'PORT_CLOSED', 'PORT_CLOSED']);
    expect(opened.events).toEqual(['close PORT_CLOSED']);
    expect(timers()).toBeLessThanOrEqual(before);
    await expect(opened.channel.send('AT')).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('takes other errors of the stream for PORT_FAILED', async () => {
    const [stream] = scriptedModule();
    const channel = new Channel(stream);
    const failed = channel.send('AT').catch((error) => error);
    stream.destroy(new Error('EIO'));
    const [error] = await once(channel, 'close');
    expect(error).toMatchObject({ code: 'PORT_FAILED', message: 'the port failed: EIO' });
    expect(await failed).toMatchObject({ code: 'PORT_FAILED', command: 'AT', cause: error });
  });

  it.each([
    ['ends', (stream: Duplex) => stream.push(null)],
    ['was closed without an error', (stream: Duplex) => stream.destroy()],
  ])('reports a stream that %s', async (_name, end) => {
    const [stream] = scriptedModule();
    const channel = new Channel(stream);
    end(stream);
    const [error] = await once(channel, 'close');
    expect(error).toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('reports a stream that was gone before', async () => {
    const [stream] = scriptedModule();
    stream.destroy();
    await once(stream, 'close');
    const channel = new Channel(stream);
    const request = channel.send('AT').catch((error) => error.code);
    await once(channel, 'close');
    expect(await request).toBe('PORT_CLOSED');
  });

  it('calls no listener for what comes behind the line at which it was closed', async () => {
    const { channel, module } = open();
    const notes: number[] = [];
    channel.onUrc(NOTE, (value) => {
      notes.push(value);
      channel.close();
    });
    await module.sends('\r\n+NOTE: 1\r\n\r\n+NOTE: 2\r\n');
    expect(notes).toEqual([1]);
  });
});

describe('Channel and a module that restarts', () => {
  it('rejects all that is pending, tells it, and finds the module with the next command', async () => {
    const before = timers();
    const opened = open({ bootMarker });
    const { channel, module, events } = opened;
    const { codes } = await pending(opened);
    await module.sends('\r\nRDY\r\n');
    expect(await codes).toEqual(['REBOOTED', 'REBOOTED', 'REBOOTED']);
    expect(events).toEqual(['urc RDY', 'reboot RDY']);
    expect(timers()).toBeLessThanOrEqual(before);
    const next = channel.execute(STATE, null);
    // The echo is back.
    await module.answers('AT', 'AT\r\r\nOK\r\n');
    await module.answers('AT+CSQ', 'AT+CSQ\r\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await module.answers('AT+STATE', 'AT+STATE\r\r\n+STATE: 1,2\r\n\r\nOK\r\n');
    expect(await next).toEqual([1, 2]);
    channel.close();
  });

  it('lets a likely marker be the answer to a command, and else a restart', async () => {
    const { channel, module, events } = open({ bootMarker });
    const maker = channel.send('AT+CGMI');
    await module.answers('AT+CGMI', '\r\nLierda\r\n\r\nOK\r\n');
    expect(await maker).toEqual({ lines: ['Lierda'], final: 'OK' });
    expect(events).toEqual([]);
    const failed = expect(channel.execute(STATE, null)).rejects.toMatchObject({
      code: 'REBOOTED',
      marker: 'Lierda',
    });
    await module.answers('AT+STATE', '\r\nLierda\r\n');
    await failed;
  });

  it('goes on synchronising through a restart', async () => {
    const { channel, module, events } = open({ bootMarker });
    const synchronised = channel.synchronise({ tries: 100, interval: INTERVAL });
    await module.answers('AT', '\r\nRDY\r\n');
    await module.answers('AT', '\r\nOK\r\n');
    await module.expects('AT+CSQ\r\n');
    await module.sends('\r\nRDY\r\n');
    await module.answers('AT', '\r\nOK\r\n');
    await module.answers('AT+CESQ', '\r\n+CESQ: 1\r\n\r\nOK\r\n');
    await synchronised;
    expect(events.filter((event) => event.startsWith('reboot'))).toHaveLength(2);
  });

  it('synchronises after a restart if that was asked for while a command ran', async () => {
    const { channel, module } = open({ bootMarker });
    const failed = expect(channel.execute(STATE, null)).rejects.toMatchObject({ code: 'REBOOTED' });
    await module.expects('AT+STATE\r\n');
    const synchronised = channel.synchronise({ interval: LONG });
    await module.sends('\r\nRDY\r\n');
    await failed;
    await module.answers('AT');
    await module.answers('AT+CSQ', '\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    await synchronised;
  });
});

describe('Channel and its listeners', () => {
  it('goes on when listeners throw', async () => {
    const handlers = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const uncaught: unknown[] = [];
    process.on('uncaughtException', (error) => uncaught.push(error.message));
    const { channel, module } = open({ bootMarker });
    const fail = (text: string) => () => {
      throw new Error(text);
    };
    channel.onUrc(NOTE, fail('typed'));
    channel.on('urc', fail('urc'));
    channel.on('reboot', fail('reboot'));
    const answer = channel.execute(STATE, null);
    await module.answers('AT+STATE', '\r\n+NOTE: 1\r\n\r\n+STATE: 1,2\r\n\r\nOK\r\nRDY\r\n+RE');
    await turn();
    process.removeAllListeners('uncaughtException');
    for (const handler of handlers) process.on('uncaughtException', handler);
    expect(await answer).toEqual([1, 2]);
    expect(uncaught).toEqual(['typed', 'urc', 'urc', 'reboot']);
  });
});
