import { isFiller } from '../../at/filler.js';
import { parseFinalResult } from '../../at/result-codes.js';
import { ArgumentError } from '../../errors/kinds.js';
import type { TraceEntry } from '../../transport/trace.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { readTrace } from '../../transport/trace-source.js';
import type { Recordings } from '../module/simulated-dialect.js';

/** Bytes of the TA (latin1). */
export interface Reply {
  /** ms after what the TE wrote, or after the start of the recording. */
  readonly after: number;
  readonly text: string;
  /** It stands behind the final result code or the prompt: later commands need not wait for it. */
  readonly unasked: boolean;
}

/** What the TE writes next: a command line without its line end, or the bytes behind a prompt. */
export interface Expected {
  readonly kind: 'line' | 'payload';
  /** Latin1. */
  readonly text: string;
  /** Where it begins in the recording, counted from 1. */
  readonly line: number;
}

/** What the TE wrote, and what the TA sent until the TE wrote again. The first turn has nothing of the TE. */
export interface Turn {
  readonly expected: Expected | undefined;
  readonly replies: readonly Reply[];
}

/** A prompt has no line end after it: lmqtt.md 5 [M], TS 27.005 3.5.1. */
const PROMPT = /(?:^|[\r\n])> ?$/;

/** Takes a recording apart into turns. Pure. */
export class ScriptBuilder {
  readonly #recordings: Recordings;
  readonly #turns: Turn[] = [];
  #expected: Expected | undefined;
  #replies: Reply[] = [];
  /** ms: when the TE wrote what is expected; undefined before the first entry. */
  #since: number | undefined;
  /** The final result code or the prompt of this turn has come; before the first command nothing is waited for. */
  #answered = true;
  #typed = '';
  #typedLine = 0;
  /** Whether the module takes data: what is typed is no line. */
  #data = false;

  constructor(recordings: Recordings) {
    this.#recordings = recordings;
  }

  take(item: TraceItem): void {
    if (item.kind !== 'entry') return;
    this.#since ??= item.entry.time;
    if (item.entry.direction === '>') this.#sent(item.entry, item.line);
    else this.#received(item.entry);
  }

  /** The turns so far, the last one as it stands. */
  finish(): readonly Turn[] {
    this.#endData(this.#since ?? 0);
    return [...this.#turns, { expected: this.#expected, replies: this.#replies }];
  }

  #sent({ time, bytes }: TraceEntry, line: number): void {
    if (this.#typed === '') this.#typedLine = line;
    this.#typed += bytes.toString('latin1');
    if (this.#data) {
      const announced = this.#recordings.announcedLength(this.#expected?.text ?? '');
      if (announced === undefined || this.#typed.length < announced || isMasked(this.#typed)) return;
      const behind = this.#typed.slice(announced);
      this.#typed = this.#typed.slice(0, announced);
      this.#endData(time);
      this.#typed = behind;
      this.#typedLine = line;
    }
    const lines = this.#typed.split(/[\r\n]+/);
    this.#typed = lines.pop() ?? '';
    for (const text of lines)
      if (text !== '' && !isFiller(text)) this.#begin({ kind: 'line', text, line: this.#typedLine }, time);
    if (lines.length > 0) this.#typedLine = line;
  }

  #received({ time, bytes }: TraceEntry): void {
    const text = bytes.toString('latin1');
    const final = text.split(/[\r\n]+/).some((line) => parseFinalResult(line) !== undefined);
    const length = this.#recordings.announcedLength(this.#expected?.text ?? '');
    if (this.#data && (final || length === undefined || isMasked(this.#typed))) this.#endData(time);
    const after = Math.max(0, time - (this.#since ?? time));
    this.#replies.push({ after, text, unasked: this.#answered });
    const prompt = PROMPT.test(text) && this.#expected?.kind === 'line';
    this.#data ||= prompt;
    this.#answered ||= final || prompt;
  }

  #begin(expected: Expected, time: number): void {
    this.#turns.push({ expected: this.#expected, replies: this.#replies });
    this.#expected = expected;
    this.#replies = [];
    this.#since = time;
    this.#answered = false;
  }

  /** What was typed of the payload is all of it. */
  #endData(time: number): void {
    if (!this.#data) return;
    this.#data = false;
    const text = this.#typed;
    this.#typed = '';
    if (text !== '') this.#begin({ kind: 'payload', text, line: this.#typedLine }, time);
  }
}

/** Whether a secret was replaced. */
export function isMasked(text: string): boolean {
  return text.includes('***');
}

/**
 * Reads a recording of `--trace`. `port` chooses one of those in the recording of a station. Rejects with an
 * `ArgumentError` if the file cannot be read, is no trace, or holds several ports and none is chosen.
 */
export async function loadScript(
  path: string,
  port: string | undefined,
  recordings: Recordings,
): Promise<readonly Turn[]> {
  const builder = new ScriptBuilder(recordings);
  const ports = new Set<string | undefined>();
  for await (const items of readTrace(path)) {
    for (const item of items) {
      if (item.kind !== 'entry') continue;
      ports.add(item.entry.port);
      if (port === undefined || item.entry.port === port) builder.take(item);
    }
  }
  const names = [...ports].map((name) => JSON.stringify(name ?? ''));
  if (port === undefined ? ports.size > 1 : !ports.has(port)) {
    throw new ArgumentError(
      'port',
      port === undefined ? 'none' : JSON.stringify(port),
      `one of ${names.join(', ')}`,
    );
  }
  return builder.finish();
}
