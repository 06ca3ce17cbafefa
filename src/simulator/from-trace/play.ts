import type { Recordings } from '../module/simulated-dialect.js';
import { compareLines, comparePayloads, type Likeness, MessageIds, type Mismatch } from './differences.js';
import { ReplyQueue } from './reply-queue.js';
import { type Expected, isMasked, type Turn } from './script.js';
import { TeInput } from './te-input.js';

/** Command lines further on among which one is looked for that is not the next. */
const LOOK_AHEAD = 8;

/** V.250 5.7.1. */
const REFUSAL = '\r\nERROR\r\n';

interface PlayHandlers {
  /** Bytes for the TE, latin1. */
  send(text: string): void;
  /** A command line or a payload was taken, latin1. */
  taken(text: string): void;
  /** Texts as they are on the wire. */
  mismatch(mismatch: Mismatch): void;
  ended(): void;
}

/** Plays a script, once or several times: what the TE writes moves it on, and the replies go out in their time. */
export class Play {
  readonly #turns: readonly Turn[];
  readonly #handlers: PlayHandlers;
  readonly #queue: ReplyQueue;
  readonly #recordings: Recordings;
  readonly #input = new TeInput();
  #ids: MessageIds;
  /** The turn that comes next; 0 before the beginning. */
  #next = 0;
  #ended = false;
  /** A TE came in the middle and has written nothing yet. */
  #fresh = false;
  readonly #unseen: boolean;

  /** `unseen`: nobody can tell whether a TE comes or goes, as at a pseudo-terminal. */
  constructor(
    turns: readonly Turn[],
    recordings: Recordings,
    speed: number,
    handlers: PlayHandlers,
    unseen = false,
  ) {
    this.#turns = turns;
    this.#recordings = recordings;
    this.#ids = new MessageIds(recordings);
    this.#unseen = unseen;
    this.#handlers = handlers;
    this.#queue = new ReplyQueue(speed, handlers.send, () => this.#emptied());
  }

  get progress(): { readonly played: number; readonly total: number } {
    return { played: Math.max(0, this.#next - 1), total: this.#turns.length - 1 };
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** A TE is there: the first one, or one after the end, starts from the beginning; another one goes on. */
  begin(): void {
    this.#input.clear();
    this.#fresh = this.#next > 0 && !this.#ended;
    if (this.#fresh) return;
    this.#rewind();
    this.#play(this.#turns[0]);
  }

  received(bytes: Buffer): void {
    this.#input.push(bytes);
    for (let text = this.#input.next(); text !== undefined; text = this.#input.next()) this.#written(text);
  }

  stop(): void {
    this.#queue.clear();
  }

  #rewind(): void {
    this.#queue.clear();
    this.#next = 0;
    this.#ended = false;
    this.#ids = new MessageIds(this.#recordings);
  }

  /** Whether a TE begins as the recording does, which does not go on so. */
  #beginsAnew(text: string): boolean {
    const [first, next] = [this.#turns[1]?.expected, this.#turns[this.#next]?.expected];
    if (first === undefined || !this.#isSame(first, text)) return false;
    return next === undefined || !this.#isSame(next, text);
  }

  #likeness({ kind, text }: Expected, written: string): Likeness {
    return kind === 'payload'
      ? comparePayloads(text, written)
      : compareLines(text, written, this.#recordings);
  }

  #isSame(expected: Expected, written: string): boolean {
    return this.#likeness(expected, written) === 'same';
  }

  #written(text: string): void {
    this.#handlers.taken(text);
    if ((this.#fresh || this.#unseen) && this.#beginsAnew(text)) {
      this.#rewind();
      this.#next = 1;
    }
    this.#fresh = false;
    const expected = this.#turns[this.#next]?.expected;
    const likeness = expected === undefined ? 'other' : this.#likeness(expected, text);
    if (likeness === 'same') {
      this.#advance(this.#next, text);
      return;
    }
    const further = expected?.kind === 'payload' ? undefined : this.#furtherOn(text);
    const outcome = further !== undefined ? 'skipped' : likeness === 'similar' ? 'answered' : 'refused';
    this.#handlers.mismatch({ line: expected?.line, expected: expected?.text, received: text, outcome });
    if (outcome === 'refused') this.#queue.add([{ after: 0, text: REFUSAL, unasked: false }]);
    else this.#advance(further ?? this.#next, text);
  }

  /** The place of the line a little further on. */
  #furtherOn(text: string): number | undefined {
    const place = this.#turns
      .slice(this.#next + 1, this.#next + 1 + LOOK_AHEAD)
      .findIndex(({ expected }) => expected?.kind === 'line' && this.#isSame(expected, text));
    return place < 0 ? undefined : this.#next + 1 + place;
  }

  #advance(place: number, written: string): void {
    this.#next = place;
    const turn = this.#turns[place];
    const { expected } = turn ?? {};
    const following = this.#turns[place + 1]?.expected;
    if (expected?.kind === 'line') this.#ids.learn(expected.text, written);
    if (expected !== undefined && following?.kind === 'payload') {
      this.#input.expectPayload(this.#payloadLength(expected, following, written));
    }
    this.#play(turn, expected?.kind === 'line' ? { recorded: expected.text, written } : undefined);
  }

  /** An echo repeats the line as it was written. */
  #play(turn: Turn | undefined, line?: { readonly recorded: string; readonly written: string }): void {
    this.#next += 1;
    const replies = (turn?.replies ?? []).map((reply) => {
      const echoed = line !== undefined && reply.text.startsWith(line.recorded);
      const text = echoed ? line.written + reply.text.slice(line.recorded.length) : reply.text;
      return { ...reply, text: this.#ids.apply(text) };
    });
    this.#queue.add(replies);
  }

  #emptied(): void {
    if (this.#ended || this.#next < this.#turns.length) return;
    this.#ended = true;
    this.#handlers.ended();
  }

  /** As many bytes as the TE has announced, unless the module had not taken all of them in the recording. */
  #payloadLength(command: Expected, payload: Expected, written: string): number {
    const recorded = this.#recordings.announcedLength(command.text);
    const cutShort = recorded !== undefined && recorded !== payload.text.length && !isMasked(payload.text);
    return (cutShort ? undefined : this.#recordings.announcedLength(written)) ?? payload.text.length;
  }
}
