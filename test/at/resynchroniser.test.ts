import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Channel } from '../../src/at/channel.js';
import { turn } from '../helpers/scripted-module.js';
import { StallingStream } from '../helpers/stalling-stream.js';

const INTERVAL = 100;

function opened(): { channel: Channel; stream: StallingStream } {
  const stream = new StallingStream();
  stream.flow();
  return { channel: new Channel(stream), stream };
}

/** Lets `ms` go by; what was written meanwhile. */
async function written(stream: StallingStream, ms: number): Promise<string[]> {
  await turn();
  await vi.advanceTimersByTimeAsync(ms);
  return stream.taken.splice(0).map((line) => line.trim());
}

/** The module takes `ms` for each answer. */
async function synchronise(channel: Channel, stream: StallingStream, ms: number): Promise<string[]> {
  const synchronised = channel.synchronise({ tries: 10, interval: INTERVAL });
  const lines = await written(stream, ms);
  await stream.receive('\r\nOK\r\n');
  lines.push(...(await written(stream, ms)));
  await stream.receive('\r\n+CSQ: 1,2\r\n\r\nOK\r\n');
  await synchronised;
  return lines;
}

describe('Channel that found back into step', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('sends nothing twice to a module that takes longer than the interval', async () => {
    const { channel, stream } = opened();
    expect(await synchronise(channel, stream, 120)).toEqual(['AT', 'AT+CSQ']);
    channel.close();
  });

  it('still knows the next time how long the module takes', async () => {
    const { channel, stream } = opened();
    await synchronise(channel, stream, 140);
    const again = expect(channel.synchronise({ tries: 10, interval: INTERVAL })).rejects.toMatchObject({
      code: 'CLOSED',
    });
    expect(await written(stream, 209)).toEqual(['AT']);
    expect(await written(stream, 2)).toEqual(['AT']);
    channel.close();
    await again;
  });

  it('tries a fast module again after one interval', async () => {
    const { channel, stream } = opened();
    await synchronise(channel, stream, 2);
    const again = expect(channel.synchronise({ tries: 10, interval: INTERVAL })).rejects.toMatchObject({
      code: 'CLOSED',
    });
    expect(await written(stream, INTERVAL + 1)).toEqual(['AT', 'AT']);
    channel.close();
    await again;
  });
});
