import { parseFinalResult } from '../../at/result-codes.js';
import type { TraceLine } from '../../transport/trace-format.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { Conversation, type Utterance } from '../decode/conversation.js';
import { firstOf } from '../decode/decoder.js';
import { WORDS } from '../decode/dialect-words.js';

/** Something that was said, and when. */
export interface Moment {
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  /** Wall clock: ms since 1970. */
  readonly at: number;
  /** ms since the first entry, by the monotonic clock. */
  readonly elapsed: number;
  readonly port: string | undefined;
  readonly direction: '>' | '<';
  readonly utterance: Utterance;
  readonly mark: Mark;
}

/** ms that the monotonic clock goes back at least when another process has begun to write. */
const NEW_CLOCK = 1000;

/** The conversation of one port. */
interface Side {
  readonly conversation: Conversation;
  readonly exchanges: Exchanges;
  /** The entry that is being taken apart. */
  now: { readonly line: number; readonly at: number; readonly elapsed: number };
}

/** Takes the entries of a trace apart: the conversation of each port by itself. Pure: `tell` is called meanwhile. */
export class Playback {
  readonly #tell: (moment: Moment) => void;
  readonly #sides = new Map<string | undefined, Side>();
  #masked = true;
  #time: number | undefined;
  #elapsed = 0;

  constructor(tell: (moment: Moment) => void) {
    this.#tell = tell;
  }

  /** ms from the first entry to the last one. */
  get elapsed(): number {
    return this.#elapsed;
  }

  take(item: TraceItem): void {
    if (item.kind === 'header') {
      // A header in the middle: another recording was put behind the first one.
      this.restart();
      this.#masked = item.header.masked ?? true;
    }
    if (item.kind === 'entry') this.#entry(item.line, item.entry);
  }

  /** What comes now continues nothing: the file was replaced. */
  restart(): void {
    this.end();
    this.#sides.clear();
    this.#time = undefined;
  }

  /** Tells what is left without its end. */
  end(): void {
    for (const { conversation } of this.#sides.values()) conversation.flush();
  }

  #entry(line: number, entry: TraceLine): void {
    this.#advance(entry.time);
    const side = this.#sides.get(entry.port) ?? this.#side(entry.port);
    side.now = { line, at: entry.at, elapsed: this.#elapsed };
    if (entry.direction === '>') side.conversation.sent(entry.bytes);
    else {
      side.conversation.received(entry.bytes);
      // An entry ends with a line, or where nothing came for a while.
      side.conversation.idle();
    }
  }

  /** Entries stand in the order of their ends, and have the time of their beginnings: they can be a little early. */
  #advance(time: number): void {
    const step = time - (this.#time ?? time);
    if (step < 0 && step > -NEW_CLOCK) return;
    this.#time = time;
    this.#elapsed += Math.max(0, step);
  }

  #side(port: string | undefined): Side {
    const exchanges = new Exchanges();
    const say = (utterance: Utterance): void => {
      const mark = exchanges.mark(utterance, side.now.elapsed);
      this.#tell({ ...side.now, port, direction: directionOf(utterance), utterance, mark });
    };
    const conversation = new Conversation(say, { masked: this.#masked });
    const side: Side = { conversation, exchanges, now: { line: 0, at: 0, elapsed: 0 } };
    this.#sides.set(port, side);
    return side;
  }
}

function directionOf(utterance: Utterance): '>' | '<' {
  if (utterance.kind === 'noise') return utterance.filler === 'sent' ? '>' : '<';
  return utterance.kind === 'command' || utterance.kind === 'payload' ? '>' : '<';
}

/** What an utterance is in its exchange. */
interface Mark {
  /** A line that belongs to no response. */
  readonly urc: boolean;
  /** With a final result code, and with a result URC: the command, and the ms since its line. */
  readonly roundTrip?: { readonly command: string; readonly ms: number; readonly until: 'final' | 'result' };
  /** A failing final result code, as it came. */
  readonly error?: string;
  /** The command before this one, which had got no final result code. */
  readonly unanswered?: string;
}

/** Results that are waited for at most: a recording may owe some for ever. */
const MAX_WAITING = 100;

/** Tells responses from URCs and takes the time of both: from the command line to the final result code, and to the result URC. Pure. */
export class Exchanges {
  #pending: { readonly text: string; readonly name: string; readonly since: number } | undefined;
  readonly #waiting = new Map<string, { readonly name: string; readonly since: number }>();

  /** `time` in ms, of any origin. */
  mark(utterance: Utterance, time: number): Mark {
    if (utterance.kind === 'command') return this.#command(utterance.text, time);
    if (utterance.kind !== 'line') return { urc: false };
    return this.#line(utterance.text, utterance.payload !== undefined, time);
  }

  /** The port was closed. */
  reset(): void {
    this.#pending = undefined;
    this.#waiting.clear();
  }

  #command(text: string, since: number): Mark {
    const unanswered = this.#pending?.text;
    const name = commandName(text);
    this.#pending = { text, name, since };
    const key = resultKey(text);
    if (key !== undefined && text.includes('=')) this.#waiting.set(key, { name, since });
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size > MAX_WAITING) this.#waiting.delete(oldest);
    return { urc: false, ...(unanswered === undefined ? {} : { unanswered }) };
  }

  #line(text: string, counted: boolean, time: number): Mark {
    const final = counted ? undefined : parseFinalResult(text);
    if (final !== undefined) return this.#final(final.ok ? undefined : text, time);
    const key = resultKey(text);
    const waiting = key === undefined ? undefined : this.#waiting.get(key);
    if (key !== undefined && waiting !== undefined) {
      this.#waiting.delete(key);
      return {
        urc: true,
        roundTrip: { command: waiting.name, ms: between(waiting.since, time), until: 'result' },
      };
    }
    return { urc: this.#unasked(text) };
  }

  #final(error: string | undefined, time: number): Mark {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined && error !== undefined) this.#waiting.delete(resultKey(pending.text) ?? '');
    const roundTrip =
      pending === undefined
        ? {}
        : { roundTrip: { command: pending.name, ms: between(pending.since, time), until: 'final' as const } };
    return { urc: false, ...roundTrip, ...(error === undefined ? {} : { error }) };
  }

  /** A prefix that is not the one of the pending command; text without a prefix is its information response. */
  #unasked(text: string): boolean {
    if (this.#pending === undefined) return true;
    const prefix = linePrefix(text);
    return prefix !== undefined && !this.#pending.text.toUpperCase().startsWith(`AT${prefix.toUpperCase()}`);
  }
}

/** `AT+CFUN=`, `AT+CEREG?`, `AT+CSQ`: what is the same in each use of a command. */
export function commandName(text: string): string {
  return (/^AT[^=?]*(?:=\?|=|\?)?/i.exec(text)?.[0] ?? text).slice(0, MAX_NAME).toUpperCase();
}

/** Longest name of a command that is told; garbage has none. */
const MAX_NAME = 40;

/** `+CEREG` of `+CEREG: 1`. */
export function linePrefix(text: string): string | undefined {
  return /^[+^*#%$]\w+/.exec(text)?.[0];
}

/** ms, in whole µs: what sums of fractions leave behind is no time. */
function between(since: number, time: number): number {
  return Math.round((time - since) * 1000) / 1000;
}

/** What a command line and its result URC have in common. */
function resultKey(text: string): string | undefined {
  return firstOf(WORDS, (words) => words.resultKey(text));
}
