import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../helpers/streams.js';

const turn = () => new Promise(setImmediate);

describe('memoryLink', () => {
  it('carries all byte values both ways', async () => {
    const [te, ta] = memoryLink();
    te.write(ALL_BYTES);
    expect(await readFrom(ta, 256)).toEqual(ALL_BYTES);
    ta.write(ALL_BYTES);
    expect(await readFrom(te, 256)).toEqual(ALL_BYTES);
  });

  it('batches what was written in one turn, and keeps it for a listener that comes later', async () => {
    const [te, ta] = memoryLink();
    te.write('AT');
    te.write('+CSQ');
    await writeTo(te, '\r');
    await turn();
    expect(await once(ta, 'data')).toEqual([Buffer.from('AT+CSQ\r')]);
  });

  it('calls the write callback before an answer that is given at once', async () => {
    const [te, ta] = memoryLink();
    const order: string[] = [];
    ta.on('data', () => ta.write('\r\nOK\r\n'));
    te.on('data', (chunk) => order.push(String(chunk)));
    te.write('AT\r', () => order.push('written'));
    await once(te, 'data');
    expect(order).toEqual(['written', '\r\nOK\r\n']);
  });

  it('stalls the writer while the peer does not read, and goes on when it does', async () => {
    const [te, ta] = memoryLink();
    let taken = 0;
    for (let at = 0; at < LARGE.length; at += 1000) {
      te.write(LARGE.subarray(at, at + 1000), () => {
        taken += 1000;
      });
    }
    expect(te.writableNeedDrain).toBe(true);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(taken).toBe(17_000);
    expect(LARGE.equals(await readFrom(ta, LARGE.length))).toBe(true);
    expect(taken).toBe(100_000);
    expect(te.writableNeedDrain).toBe(false);
  });

  it('delivers what was taken before the loss', async () => {
    const [te, ta] = memoryLink();
    const { events, closed } = endings(te);
    te.on('data', (chunk) => events.push(String(chunk)));
    ta.write('\r\nNORMAL POWER DOWN\r\n');
    ta.destroy();
    expect(await closed).toEqual([
      '\r\nNORMAL POWER DOWN\r\n',
      expect.objectContaining({ name: 'ModemError', code: 'PORT_CLOSED' }),
      'close',
    ]);
  });

  it('closes without an error on the side that destroys, with one on the other, each once', async () => {
    const [te, ta] = memoryLink();
    const near = endings(te);
    const far = endings(ta);
    te.destroy();
    te.destroy();
    expect(await far.closed).toEqual([expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']);
    await turn();
    expect(near.events).toEqual(['close']);
    expect(far.events).toHaveLength(2);
  });

  it('end() closes after the last byte', async () => {
    const [te, ta] = memoryLink();
    const near = endings(te);
    const far = endings(ta);
    te.end('bye');
    expect(await readFrom(ta, 3)).toEqual(Buffer.from('bye'));
    await far.closed;
    expect(near.events).toEqual(['close']);
  });

  it.each([
    ['destroy', 'CLOSED', (te: Duplex, _ta: Duplex) => te.destroy()],
    ['loss', 'PORT_CLOSED', (_te: Duplex, ta: Duplex) => ta.destroy()],
  ])('settles every write on %s while the peer is stalled', async (_name, code, end) => {
    const [te, ta] = memoryLink();
    const { closed } = endings(te);
    endings(ta);
    expect(await writeTo(te, Buffer.alloc(40_000))).toBeFalsy();
    await turn();
    const writes = [writeTo(te, 'one'), writeTo(te, 'two')];
    end(te, ta);
    expect(await writes[0]).toMatchObject({ code });
    expect(await writes[1]).toBeInstanceOf(Error);
    await closed;
  });

  it('fails a write after close through its callback, without an event', async () => {
    const [te, ta] = memoryLink();
    endings(ta);
    const { events, closed } = endings(te);
    te.destroy();
    await closed;
    expect(await writeTo(te, 'AT\r')).toMatchObject({ code: 'ERR_STREAM_DESTROYED' });
    expect(events).toEqual(['close']);
  });
});
