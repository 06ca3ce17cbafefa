import { readdirSync, readFileSync } from 'node:fs';
import { unescapeBytes } from '../../src/util/escape.js';

const FOLDER = new URL('../../fixtures/transcripts/', import.meta.url);

/** `>` TE to TA, `<` TA to TE. */
export type Direction = '>' | '<';

export interface Step {
  readonly direction: Direction;
  readonly bytes: Buffer;
}

export interface Transcript {
  /** What stands behind `# source:`, e.g. `M, T (NT26). Open and connect`. */
  readonly source: string;
  /** In the order of the file. */
  readonly steps: readonly Step[];
}

export function transcriptNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.slice(0, -'.txt'.length))
    .sort();
}

/** Reads `fixtures/transcripts/<name>.txt`; throws for a line of another shape. */
export function readTranscript(name: string): Transcript {
  const text = readFileSync(new URL(`${name}.txt`, FOLDER), 'latin1');
  let source: string | undefined;
  const steps: Step[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, mark = '', content = ''] = /^([#<>]) (.*)$/.exec(line) ?? [];
    if (mark === '#') source ??= /^source: (.*)$/.exec(content)?.[1];
    else if (mark !== '') steps.push({ direction: mark as Direction, bytes: unescapeBytes(content) });
    else if (line !== '') throw new Error(`${name}.txt:${index + 1}: neither comment nor bytes: ${line}`);
  }
  if (source === undefined) throw new Error(`${name}.txt: no source`);
  return { source, steps };
}

/** All bytes of one direction. */
export function bytesOf(transcript: Transcript, direction: Direction): Buffer {
  return Buffer.concat(
    transcript.steps.filter((step) => step.direction === direction).map((step) => step.bytes),
  );
}

/** The lines of one direction without their line ends, latin1; not for transcripts with counted payloads. */
export function linesOf(name: string, direction: Direction): string[] {
  const text = bytesOf(readTranscript(name), direction).toString('latin1');
  return text.split(/[\r\n]+/).filter((line) => line !== '');
}
