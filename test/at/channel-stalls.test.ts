import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Channel } from '../../src/at/channel.js';
import { turn } from '../helpers/scripted-module.js';
import { StallingStream } from '../helpers/stalling-stream.js';
import { publish, SOON } from './channel-fixtures.js';

describe('Channel on a stream that stalls', () => {
  function stalling() {
    const stream = new StallingStream();
    const resync = { tries: 3, interval: SOON };
    return { stream, channel: new Channel(stream, { writeLimit: SOON, resync }) };
  }

  it('tells the stage, writes nothing more, and gives the module up', async () => {
    const { stream, channel } = stalling();
    const request = channel.send('AT+A');
    const queued = channel.send('AT+B');
    // Two ms per byte on top of the limit.
    await expect(request).rejects.toMatchObject({ code: 'TIMEOUT', stage: 'write', limit: SOON + 12 });
    await expect(queued).rejects.toMatchObject({ code: 'NOT_RESPONDING' });
    const again = channel.send('AT+C');
    await expect(again).rejects.toMatchObject({ code: 'NOT_RESPONDING' });
    expect(stream.writableLength).toBe('AT+A\r\n'.length);
    channel.close();
  });

  it('goes on when the stream does', async () => {
    const { stream, channel } = stalling();
    const failed = expect(channel.send('AT+A')).rejects.toMatchObject({ stage: 'write' });
    const next = channel.send('AT+B');
    await failed;
    await stream.receive('\r\nOK\r\n');
    stream.flow();
    await stream.receive('\r\nOK\r\n');
    while (!stream.taken.includes('AT+CSQ\r\n')) await turn();
    await stream.receive('\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
    while (!stream.taken.includes('AT+B\r\n')) await turn();
    await stream.receive('\r\nOK\r\n');
    expect(await next).toEqual({ lines: [], final: 'OK' });
    channel.close();
  });

  it('does not take OK for the answer while the payload is written', async () => {
    const { stream, channel } = stalling();
    const request = channel.send('AT+A', { payload: Buffer.from('ab') });
    stream.release();
    await turn();
    await stream.receive('\r\n> \r\nOK\r\n');
    while (stream.writableLength === 0) await turn();
    stream.release();
    await turn();
    expect(channel.stats.strayResults).toBe(1);
    await stream.receive('\r\n+A: 1\r\n\r\nOK\r\n');
    expect(await request).toEqual({ lines: ['+A: 1'], final: 'OK' });
    expect(stream.taken).toEqual(['AT+A\r\n', 'ab']);
    channel.close();
  });

  it('sees a prompt that overtakes the callback of the write', async () => {
    const { stream, channel } = stalling();
    const request = channel.send('AT+A', { payload: Buffer.from('ab') });
    await stream.receive('\r\n> ');
    await turn();
    stream.flow();
    while (!stream.taken.includes('ab')) await turn();
    await stream.receive('\r\nOK\r\n');
    await request;
    channel.close();
  });

  it('does not wait for the result of a command that was aborted while it was written', async () => {
    const { stream, channel } = stalling();
    const controller = new AbortController();
    const request = channel.execute(publish(), { id: 1 }, { signal: controller.signal });
    controller.abort();
    await expect(request).rejects.toMatchObject({ code: 'ABORTED' });
    const urc = once(channel, 'urc');
    stream.flow();
    await turn();
    await stream.receive('\r\nOK\r\n\r\n+PUB: 1,0\r\n');
    const [text] = await urc;
    expect(text()).toBe('+PUB: 1,0');
    channel.close();
  });

  it('fails when a write fails', async () => {
    const stream = new Duplex({
      read: () => {},
      write: (_chunk, _encoding, callback) => callback(new Error('EIO')),
    });
    const failed = new Channel(stream).send('AT+A');
    await expect(failed).rejects.toMatchObject({ code: 'PORT_FAILED', command: 'AT+A' });
  });
});
