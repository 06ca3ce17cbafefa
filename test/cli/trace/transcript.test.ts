import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TranscriptReader, TranscriptWriter } from '../../../src/cli/trace/transcript.js';
import { TraceReader } from '../../../src/transport/trace-reader.js';
import { readTranscript, transcriptNames } from '../../helpers/transcript.js';
import { SESSION } from './recording.js';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/transcripts/${name}.txt`, import.meta.url), 'latin1');

function toTrace(transcript: string): string {
  const reader = new TranscriptReader('t.txt');
  const lines = transcript.replace(/\n$/, '').split('\n');
  return reader.header() + lines.map((line) => reader.read(line)).join('');
}

function toTranscript(trace: string): string {
  const reader = new TraceReader('t.trace');
  const writer = new TranscriptWriter();
  return [...reader.push(trace), ...reader.end()].map((item) => writer.write(item)).join('');
}

describe('a transcript', () => {
  it.each(transcriptNames())('%s becomes a trace, and the same file again', (name) => {
    const trace = toTrace(fixture(name));
    expect(toTranscript(trace)).toBe(fixture(name));
    const entries = [...new TraceReader(name).push(trace)].flatMap((item) =>
      item.kind === 'entry' ? [{ direction: item.entry.direction, bytes: item.entry.bytes }] : [],
    );
    expect(entries).toEqual(readTranscript(name).steps);
  });

  it('of a recording says that nobody has looked at its source yet', () => {
    expect(toTranscript(SESSION).split('\n').slice(0, 4)).toEqual([
      '# source: ?. Recorded at COM3 on 2026-11-20T11:00:00.000Z',
      '> AT+CSQ\\r\\n',
      '< \\r\\n+CSQ: 27,99\\r\\n',
      '< \\r\\nOK\\r\\n',
    ]);
    expect(toTranscript(SESSION)).toContain('# the antenna was moved\n');
  });

  it('is refused where it is none', () => {
    expect(() => toTrace('# source: M\n> AT\\r\\n\nAT\n')).toThrow(/^t\.txt, line 3 is "AT", but/);
  });
});
