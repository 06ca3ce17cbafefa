import type { TraceLine } from '../../transport/trace-format.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { Conversation, type Utterance } from '../decode/conversation.js';
import { Exchanges, type Mark } from './exchanges.js';

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
