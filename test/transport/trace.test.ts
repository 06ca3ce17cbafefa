import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { formatTrace, type TraceEntry, traced } from '../../src/transport/trace.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../helpers/streams.js';

describe('traced', () => {
  let te: Duplex;
  let ta: Duplex;
  let entries: TraceEntry[];
  const shown = () => entries.map(({ direction, bytes }) => `${direction} ${bytes.toString('latin1')}`);

  function trace(secrets?: boolean): void {
    const [near, far] = memoryLink();
    entries = [];
    te = traced(near, (entry) => entries.push(entry), secrets === undefined ? {} : { secrets });
    ta = far;
    endings(ta);
  }
  beforeEach(() => trace());

  async function answer(...chunks: string[]): Promise<void> {
    for (const chunk of chunks) {
      ta.write(chunk);
      await once(te, 'data');
    }
  }

  it('records lines of both directions however they are cut', async () => {
    await writeTo(te, 'AT+C');
    await writeTo(te, 'SQ\r');
    await answer('\r', '\n+CSQ: 27', ',99\r\n\r\nO', 'K\r\n');
    expect(shown()).toEqual(['> AT+CSQ\r', '< \r\n+CSQ: 27,99\r\n', '< \r\nOK\r\n']);
  });

  it('shows a prompt after 50 ms, or when the direction turns', async () => {
    await writeTo(te, 'AT+LMQTTPUB=0,9,1,0,"t",2\r\n');
    const begin = performance.now();
    await answer('\r\n> ');
    await new Promise<void>((resolve) => {
      const look = () => (entries.length === 2 ? resolve() : setImmediate(look));
      look();
    });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(49);
    await answer('\r\n> ');
    await writeTo(te, 'xy');
    expect(shown().slice(1)).toEqual(['< \r\n> ', '< \r\n> ']);
    te.destroy();
    expect(shown().at(-1)).toBe('> xy');
  });

  it('passes data at once and unchanged', async () => {
    const both = [readFrom(te, LARGE.length), readFrom(ta, LARGE.length)];
    ta.write(LARGE);
    te.write(LARGE);
    for (const received of both) expect(LARGE.equals(await received)).toBe(true);
    te.destroy();
    for (const direction of ['<', '>']) {
      const bytes = entries.filter((entry) => entry.direction === direction).map((entry) => entry.bytes);
      expect(LARGE.equals(Buffer.concat(bytes))).toBe(true);
    }
  });

  const COMMAND = 'AT+LMQTTCONN=0,"id","user","s3cret-word"\r\n';

  const chunksOf = (size: number) => COMMAND.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

  it.each([1, 7, 35, 100])('masks a secret that is written in chunks of %d, and its echo', async (size) => {
    for (const chunk of chunksOf(size)) await writeTo(te, chunk);
    await answer(...chunksOf(size));
    expect(shown()).toEqual([
      '> AT+LMQTTCONN=0,"id","user","***"\r\n',
      '< AT+LMQTTCONN=0,"id","user","***"\r\n',
    ]);
  });

  it.each([1, 7, 32, 35, 100])('shows no part of a secret that is recorded in parts of %d', async (size) => {
    // An echo of each chunk turns the direction, which ends the entry in the middle of the line.
    for (const chunk of chunksOf(size)) {
      await writeTo(te, chunk);
      await answer(chunk);
    }
    te.destroy();
    for (const direction of ['>', '<']) {
      const parts = entries.filter((entry) => entry.direction === direction).map((entry) => entry.bytes);
      const all = Buffer.concat(parts).toString('latin1');
      expect(all).toMatch(/^A/);
      expect(all).toContain('***');
      expect(all.replace(/^AT\+LMQTTCONN=0?,?("id","user",)?/, '')).not.toMatch(/[a-z0-9]/i);
    }
  });

  it('shows secrets when asked to', async () => {
    trace(true);
    await writeTo(te, COMMAND);
    expect(shown()).toEqual([`> ${COMMAND}`]);
  });

  it('keeps the contract: loss of the inner stream, once', async () => {
    const { events, closed } = endings(te);
    te.on('data', (chunk) => events.push(String(chunk)));
    ta.write('bye');
    ta.destroy();
    expect(await closed).toEqual(['bye', expect.objectContaining({ code: 'PORT_CLOSED' }), 'close']);
    expect(shown()).toEqual(['< bye']);
    expect(await writeTo(te, 'AT\r')).toBeInstanceOf(Error);
  });

  it('keeps the contract: destroy while the peer is stalled', async () => {
    const { closed } = endings(te);
    await writeTo(te, Buffer.alloc(40_000));
    await new Promise(setImmediate);
    const write = writeTo(te, 'AT\r');
    te.destroy();
    expect(await write).toMatchObject({ code: 'CLOSED' });
    expect(await closed).toEqual(['close']);
  });

  it('stalls the writer inside when nobody reads outside', async () => {
    te.pause();
    const far = endings(ta);
    let taken = 0;
    for (let index = 0; index < 100; index += 1) {
      ta.write(Buffer.alloc(10_000), (error) => {
        if (!error) taken += 1;
      });
    }
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect(taken).toBeLessThan(20);
    te.destroy();
    await far.closed;
  });
});

describe('formatTrace', () => {
  it('is one line', () => {
    const at = Date.UTC(2026, 10, 20, 11, 0, 0, 123);
    const entry: TraceEntry = { time: 12_345.4, at, direction: '>', bytes: Buffer.from('AT+CSQ\r\n') };
    expect(formatTrace(entry)).toBe('2026-11-20T11:00:00.123Z +12.345 > AT+CSQ\\r\\n');
    expect(formatTrace({ ...entry, direction: '<', bytes: ALL_BYTES.subarray(250) })).toBe(
      '2026-11-20T11:00:00.123Z +12.345 < \\xfa\\xfb\\xfc\\xfd\\xfe\\xff',
    );
  });
});
