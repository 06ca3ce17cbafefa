import { ArgumentError } from '../errors/kinds.js';
import { maskSecrets } from '../errors/secrets.js';
import { escapeBytes } from '../util/escape.js';
import {
  parseTraceHeader,
  parseTraceLine,
  TRACE_VERSION,
  type TraceHeader,
  type TraceLine,
} from './trace-format.js';

/** One line of a trace; `line` counts from 1. */
export type TraceItem =
  | { readonly kind: 'entry'; readonly line: number; readonly entry: TraceLine }
  | { readonly kind: 'header'; readonly line: number; readonly header: TraceHeader }
  /** `text` is the whole line, with its `#`. */
  | { readonly kind: 'comment'; readonly line: number; readonly text: string };

/** Characters of a line at most: 4096 bytes, each one escaped, need a quarter of it. */
const MAX_LINE = 64 * 1024;

/** Characters of a bad line that are shown. */
const SHOWN = 60;

/** Behind an even number of backslashes: the beginning of an escape. */
const CUT_ESCAPE = /(?<=(?:^|[^\\])(?:\\\\)*)\\(?:x[0-9a-fA-F]?)?$/;

/**
 * Takes a trace apart, in pieces cut anywhere. Takes CR LF, a byte order mark (its three bytes as latin1 too), empty
 * lines, and a first and a last line that are cut off. Throws an `ArgumentError` with the number of the first line that
 * is of no trace, or for a trace of a later version. Pure; holds one line.
 */
export class TraceReader {
  readonly #name: string;
  #line = 0;
  #rest = '';
  #cutOff = 0;
  /** The first line, if it is none: the second one tells a cut from something else. */
  #doubtful: string | undefined;
  #begun = false;

  /** `name` of the file, for errors. */
  constructor(name: string) {
    this.#name = name;
  }

  /** Lines that were put aside because they are cut off. */
  get cutOff(): number {
    return this.#cutOff;
  }

  push(text: string): TraceItem[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const items = lines.flatMap((line) => this.#take(line));
    if (this.#rest.length > MAX_LINE) throw this.#refusal(this.#line + 1, this.#rest);
    return items;
  }

  /** The last line, if it has no end. */
  end(): TraceItem[] {
    const rest = this.#rest.replace(CUT_ESCAPE, '');
    this.#rest = '';
    if (rest === '') return this.#nothingMore();
    if (this.#begun && this.#item(rest) === undefined) {
      this.#cutOff += 1;
      return [];
    }
    return [...this.#take(rest), ...this.#nothingMore()];
  }

  #nothingMore(): TraceItem[] {
    if (this.#doubtful !== undefined) throw this.#refusal(1, this.#doubtful);
    return [];
  }

  #take(raw: string): TraceItem[] {
    this.#line += 1;
    const text = (this.#line === 1 ? raw.replace(/^(?:\ufeff|\xef\xbb\xbf)/, '') : raw).replace(/\r$/, '');
    if (text === '') return [];
    const item = this.#item(text);
    if (item === undefined) return this.#doubt(text);
    this.#begun = true;
    if (this.#doubtful !== undefined) this.#cutOff += 1;
    this.#doubtful = undefined;
    return [item];
  }

  #doubt(text: string): TraceItem[] {
    if (this.#begun || this.#line > 1) {
      throw this.#refusal(this.#doubtful === undefined ? this.#line : 1, this.#doubtful ?? text);
    }
    this.#doubtful = text;
    return [];
  }

  #item(text: string): TraceItem | undefined {
    const line = this.#line;
    const entry = parseTraceLine(text);
    if (entry !== undefined) return { kind: 'entry', line, entry };
    if (!text.startsWith('#')) return undefined;
    const header = parseTraceHeader(text);
    if (header === undefined) return { kind: 'comment', line, text };
    if (header.version <= TRACE_VERSION) return { kind: 'header', line, header };
    throw new ArgumentError(
      this.#name,
      `a trace of version ${header.version}`,
      `of version ${TRACE_VERSION}`,
    );
  }

  #refusal(line: number, text: string): ArgumentError {
    const shown = escapeBytes(maskSecrets(text.slice(0, 4 * SHOWN)));
    const short = shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
    const limit = 'a line of a trace: time, +seconds, > or <, bytes; or a comment that begins with #';
    return new ArgumentError(`${this.#name}, line ${line}`, `"${short}"`, limit);
  }
}
