import { ArgumentError } from '../../errors/kinds.js';
import { formatTrace } from '../../transport/trace.js';
import { formatTraceHeader, TRACE_VERSION, type TraceHeader } from '../../transport/trace-format.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { escapeBytes, unescapeBytes } from '../../util/escape.js';

/** `# source: …` says how far a transcript can be trusted; this program cannot know. */
const UNKNOWN_SOURCE = '?';

/** ms between two lines: a transcript knows no times. */
const STEP = 1;

/**
 * Turns a trace into a transcript: a line for each entry, comments as they are. One that has no `# source:` gets a line
 * that a human must complete. Pure.
 */
export class TranscriptWriter {
  #header: TraceHeader | undefined;
  #sourced = false;

  /** The text for an item, latin1. */
  write(item: TraceItem): string {
    if (item.kind === 'header') {
      this.#header = item.header;
      return '';
    }
    if (item.kind === 'comment') {
      this.#sourced ||= item.text.startsWith('# source: ');
      return `${item.text}\n`;
    }
    const { direction, bytes } = item.entry;
    const line = `${direction} ${escapeBytes(bytes).replace(/ $/, '\\x20')}\n`;
    if (this.#sourced) return line;
    this.#sourced = true;
    const { start, port } = this.#header ?? {};
    const when = start === undefined ? '' : ` on ${new Date(start).toISOString()}`;
    const where = port === undefined ? '' : ` at ${escapeBytes(Buffer.from(port))}`;
    return `# source: ${UNKNOWN_SOURCE}. Recorded${where}${when}\n${line}`;
  }
}

/** Turns a transcript into a trace whose entries are 1 ms apart, from 1970 on; comments as they are. Pure. */
export class TranscriptReader {
  readonly #name: string;
  #line = 0;
  #entries = 0;

  /** `name` of the file, for errors. */
  constructor(name: string) {
    this.#name = name;
  }

  /** The first line of the trace. */
  header(): string {
    return `${formatTraceHeader({ version: TRACE_VERSION })}\n`;
  }

  /** A line of the transcript, latin1, without its end. Throws an `ArgumentError` for a line of another shape. */
  read(line: string): string {
    this.#line += 1;
    const text = (this.#line === 1 ? line.replace(/^\xef\xbb\xbf/, '') : line).replace(/\r$/, '');
    if (text === '' || text.startsWith('#')) return `${text}\n`;
    const [, mark, content = ''] = /^([<>]) (.*)$/.exec(text) ?? [];
    if (mark === undefined) {
      throw new ArgumentError(
        `${this.#name}, line ${this.#line}`,
        JSON.stringify(text.slice(0, 60)),
        '> or <, a space, and bytes, or a comment that begins with #',
      );
    }
    const time = this.#entries * STEP;
    this.#entries += 1;
    const direction = mark === '>' ? '>' : '<';
    return `${formatTrace({ time, at: time, direction, bytes: unescapeBytes(content) })}\n`;
  }
}
