import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { connectOptions } from '../../src/cli/connect-options.js';
import { splitLines } from '../../src/cli/pub/payloads.js';
import { publishEach } from '../../src/cli/pub/run.js';
import { TraceFile } from '../../src/cli/tracing.js';
import { deferred } from '../../src/util/deferred.js';

async function lines(...chunks: string[]): Promise<string[]> {
  const found: string[] = [];
  const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk, 'latin1')));
  for await (const line of splitLines(source)) found.push(line.toString('latin1'));
  return found;
}

const NEVER = new AbortController().signal;

describe('lines of stdin', () => {
  it('are split at LF alone, wherever the chunks end', async () => {
    expect(await lines('a\nb', 'c\r\n', '\n', '\xff\x00')).toEqual(['a', 'bc\r', '', '\xff\x00']);
    expect(await lines('a\n')).toEqual(['a']);
    expect(await lines()).toEqual([]);
  });

  it('have a limit', async () => {
    await expect(lines('x'.repeat(1024 * 1024), 'x')).rejects.toThrow(
      /^stdin: a line has more than 1048576 bytes/,
    );
  });
});

describe('publishing what comes', () => {
  it('reads no faster than results come', async () => {
    let read = 0;
    async function* source() {
      for (; read < 10; read += 1) yield Buffer.from(String(read));
    }
    const results: (() => void)[] = [];
    const started: string[] = [];
    const second = deferred<void>();
    const all = publishEach(
      source,
      2,
      (payload) => {
        started.push(payload.toString());
        if (started.length === 2) second.resolve();
        return started.length > 2 ? Promise.resolve() : new Promise((resolve) => results.push(resolve));
      },
      NEVER,
    );
    await second.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toEqual(['0', '1']);
    for (const resolve of results) resolve();
    await all;
    expect(started).toHaveLength(10);
  });

  it('stops at a failure although the source goes on, and gives back the source', async () => {
    const input = new PassThrough();
    input.write('one\n');
    const source = (signal: AbortSignal) => splitLines(withSignal(input, signal));
    const all = publishEach(source, 8, () => Promise.reject(new Error('no')), NEVER);
    await expect(all).rejects.toThrow('no');
    expect(input.destroyed).toBe(true);
  });

  it('ends with the reason of the source when it is aborted', async () => {
    const caller = new AbortController();
    const source = (signal: AbortSignal) => splitLines(withSignal(new PassThrough(), signal));
    const all = publishEach(source, 8, () => Promise.resolve(), caller.signal);
    caller.abort();
    await expect(all).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

function withSignal(stream: PassThrough, signal: AbortSignal): PassThrough {
  signal.addEventListener('abort', () => stream.destroy(new DOMException('aborted', 'AbortError')));
  return stream;
}

describe('the trace file', () => {
  it('is for its owner alone, also when it existed, and starts anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atmqtt-'));
    const path = join(folder, 'trace');
    await writeFile(path, 'old\n', { mode: 0o644 });
    const file = new TraceFile(path, () => {});
    file.write('one');
    expect(await readFile(path, 'utf8')).toBe('one\n');
    file.close();
    file.write('after the end');
    expect(await readFile(path, 'utf8')).toBe('one\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });

  it('tells once when the disk is full', { skip: process.platform !== 'linux' }, () => {
    const told: string[] = [];
    const file = new TraceFile('/dev/full', (text) => told.push(text));
    file.write('one');
    file.write('two');
    expect(told).toEqual([expect.stringMatching(/^the trace ends here, \/dev\/full: ENOSPC/)]);
  });
});

describe('connection options', () => {
  it('become those of connect()', () => {
    const will = { willTopic: 'w', willPayload: 'gone', willQos: 1, willRetain: true } as const;
    expect(
      connectOptions({ broker: 'mqtt://h', id: 'me', pw: 'p', disableCleanSession: true, ...will }),
    ).toEqual({
      broker: 'mqtt://h',
      clientId: 'me',
      password: 'p',
      clean: false,
      will: { topic: 'w', payload: 'gone', qos: 1, retain: true },
    });
    expect(connectOptions({ broker: 'h' })).toEqual({ broker: 'h', clean: true });
  });

  it('refuse a will without a topic, and a certificate', () => {
    expect(() => connectOptions({ broker: 'h', willRetain: true })).toThrow(
      /^give --will-topic with the other options of the will$/,
    );
    expect(() => connectOptions({ broker: 'h', cafile: 'ca.pem' })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    );
  });
});
