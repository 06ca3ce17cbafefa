import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { connectMemory, listenMemory } from '../../src/transport/memory.js';
import { endings } from '../helpers/streams.js';

describe('listenMemory', () => {
  it('gives each connection a stream of its own', async () => {
    const served: Duplex[] = [];
    const stop = listenMemory('two', (stream) => served.push(stream));
    const first = connectMemory('two');
    const second = connectMemory('two');
    served[0]?.write('to the first');
    served[1]?.write('to the second');
    expect(await once(first, 'data')).toEqual([Buffer.from('to the first')]);
    expect(await once(second, 'data')).toEqual([Buffer.from('to the second')]);
    const lost = [endings(first), endings(second)];
    stop();
    for (const { closed } of lost) {
      expect(await closed).toEqual([expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']);
    }
  });

  it('does not find a name that nobody serves, or serves no more', () => {
    const stop = listenMemory('gone', () => {});
    stop();
    const notFound = expect.objectContaining({ code: 'PORT_NOT_FOUND' });
    expect(() => connectMemory('gone')).toThrow(notFound);
    expect(() => connectMemory('never')).toThrow('memory:never: nobody serves this name');
  });

  it('refuses a name that is empty or taken, and stop() leaves a successor alone', async () => {
    const stop = listenMemory('taken', () => {});
    expect(() => listenMemory('taken', () => {})).toThrow(expect.objectContaining({ field: 'name' }));
    expect(() => listenMemory('', () => {})).toThrow(expect.objectContaining({ field: 'name' }));
    stop();
    const stopSuccessor = listenMemory('taken', () => {});
    stop();
    const { closed } = endings(connectMemory('taken'));
    stopSuccessor();
    expect(await closed).toHaveLength(2);
  });
});
