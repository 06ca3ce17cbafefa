import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startPortTrace } from '../../../../src/cli/provision/run/port-trace.js';

const folder = mkdtempSync(join(tmpdir(), 'atmqtt-trace-'));
const ENTRY = {
  time: 12_345,
  at: Date.UTC(2026, 10, 20, 11),
  direction: '>',
  bytes: Buffer.from('AT\r'),
} as const;
const LINE = '2026-11-20T11:00:00.000Z +12.345 > AT\\r';

afterAll(() => rmSync(folder, { recursive: true }));

describe('the trace of a station', () => {
  it('is one file for its owner alone, each line behind its port', () => {
    const path = join(folder, 'trace.txt');
    const shown: string[] = [];
    const trace = startPortTrace(path, (line) => shown.push(line), expect.unreachable);
    trace.record('/dev/ttyUSB0', ENTRY);
    trace.record('/dev/ttyUSB1', ENTRY);
    trace.close();
    expect(readFileSync(path, 'utf8')).toBe(`/dev/ttyUSB0 ${LINE}\n/dev/ttyUSB1 ${LINE}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(shown).toEqual([`/dev/ttyUSB0 ${LINE}`, `/dev/ttyUSB1 ${LINE}`]);
  });

  it('folds a long run of a byte where people read, and keeps it in the file', () => {
    const path = join(folder, 'filled.txt');
    const shown: string[] = [];
    const trace = startPortTrace(path, (line) => shown.push(line), expect.unreachable);
    trace.record('slot1', { ...ENTRY, bytes: Buffer.alloc(4096, 0x1b) });
    trace.close();
    expect(shown).toEqual(['slot1 2026-11-20T11:00:00.000Z +12.345 > \\{4096*\\x1b}']);
    expect(readFileSync(path, 'utf8')).toBe(
      `slot1 2026-11-20T11:00:00.000Z +12.345 > ${'\\x1b'.repeat(4096)}\n`,
    );
  });

  it.skipIf(process.platform !== 'linux')('tells once that its disk is full', () => {
    const told: string[] = [];
    const trace = startPortTrace('/dev/full', undefined, (sentence) => told.push(sentence));
    trace.record('p', ENTRY);
    trace.record('p', ENTRY);
    trace.close();
    expect(told).toEqual([expect.stringMatching(/^the trace ends here, \/dev\/full: .*ENOSPC/)]);
  });
});
