import { Digester } from '../../at/digester.js';
import { isFiller } from '../../at/filler.js';
import { ANGLE_SPACE, type CountedHeader } from '../../at/line.js';
import { payloadWords } from '../../dialects/words.js';
import { Decoder, firstOf } from './decoder.js';
import { WORDS } from './dialect-words.js';
import { announcedBytes } from './known-commands.js';

/** What one side said. `text` is wire text (latin1) without its line end; `words` is what it means, if that is known. */
export type Utterance =
  | { readonly kind: 'command'; readonly text: string; readonly words: string | undefined }
  | {
      readonly kind: 'line';
      readonly text: string;
      readonly payload: Buffer | undefined;
      readonly words: string | undefined;
    }
  /** The module takes so many bytes now; undefined: the command line does not tell how many. */
  | { readonly kind: 'prompt'; readonly wanted: number | undefined }
  /** Bytes behind a prompt, complete. */
  | { readonly kind: 'payload'; readonly bytes: Buffer; readonly words: string }
  /** Bytes that no line can be made of; or filler for a payload that the module may wait for, and its echo. */
  | { readonly kind: 'noise'; readonly bytes: number; readonly filler?: 'sent' | 'echo' };

export interface ConversationOptions {
  /** Secrets were replaced by `***`, default false: a payload with one in it is shorter than its count. */
  readonly masked?: boolean;
}

const ESC = '\x1b';
const LINE_END = /[\r\n]/;

/** A line of a filler: nobody types so many. */
const ECHOED_FILLER = /^\x1b{32,}$/;

/** Longest line and payload of the TE that is gathered; longer ones are told in parts. */
const MAX_PENDING = 16 * 1024;

/** From data to command state; TS 27.007 and V.250 leave it to the manufacturer, all keep that of Hayes [A]. */
export const ESCAPE_SEQUENCE = '+++';

/**
 * A conversation between TE and TA, taken apart as it comes: command lines, payloads behind prompts, lines, prompts,
 * each with its meaning. Bytes may be cut anywhere. Pure: `say` is called while bytes are handed over.
 */
export class Conversation {
  readonly #say: (utterance: Utterance) => void;
  readonly #decoder = new Decoder();
  readonly #digester: Digester;
  #typed = '';
  /** Bytes that the last command line announced. */
  #announced: number | undefined;
  /** Bytes that are still wanted behind the prompt. */
  #wanted: number | undefined;
  /** Heads of payloads that the module counts. */
  #counted: readonly CountedHeader[] = WORDS.flatMap(({ downlinks }) => downlinks.counted);
  /** A command line has ended, but by the count of its payload it goes on. */
  #lineOpen = false;
  /** Bytes of a filler that came back and were not told yet. */
  #echoed = 0;
  readonly #masked: boolean;

  constructor(say: (utterance: Utterance) => void, { masked = false }: ConversationOptions = {}) {
    this.#say = say;
    this.#masked = masked;
    this.#digester = new Digester(
      {
        line: ({ text, payload }) => this.#onLine(text, payload),
        prompt: () => this.#onPrompt(),
        dropped: (_reason, bytes) => this.#onDropped(bytes),
      },
      { countedHeaders: () => this.#headers() },
    );
  }

  /** Bytes of a payload that are still wanted; undefined outside of data mode. */
  get wanted(): number | undefined {
    return this.#wanted;
  }

  /** Whether a command line has ended, but by the count of its payload it goes on. */
  get lineOpen(): boolean {
    return this.#lineOpen;
  }

  /** What a payload counts does not come: the command line was as long as any. */
  closeLine(): void {
    if (!this.#lineOpen) return;
    this.#lineOpen = false;
    this.#takeLine(this.#typed.search(LINE_END));
    while (this.#typed !== '' && this.#takeTyped());
  }

  /** Bytes from TE to TA. */
  sent(bytes: Buffer): void {
    this.#typed += bytes.toString('latin1');
    while (this.#typed !== '' && this.#takeTyped());
  }

  /** Bytes from TA to TE. */
  received(bytes: Buffer): void {
    this.#digester.push(bytes);
  }

  /** Nothing came for a while: a line may end in CR alone. */
  idle(): void {
    this.#digester.settle();
  }

  /** Tells what is left without its end: at the end of a recording, or after a long silence. */
  flush(): void {
    this.#leaveDataMode();
    while (this.#lineOpen) this.closeLine();
    if (isFiller(this.#typed)) this.#say({ kind: 'noise', bytes: this.#typed.length, filler: 'sent' });
    else if (this.#typed !== '') this.#command(this.#typed);
    this.#typed = '';
    this.#digester.settle();
    this.#digester.abandon();
    this.#endEcho();
  }

  /** The port was closed: what is pending gets no answer any more. */
  reset(): void {
    this.flush();
    this.#decoder.reset();
    this.#leaveDataMode();
    this.#announced = undefined;
    this.#digester.expectedPrompt = undefined;
  }

  /** Takes one thing from what was typed; false: its end has not come. */
  #takeTyped(): boolean {
    if (this.#wanted !== undefined) {
      if (this.#typed.length < this.#wanted) return false;
      const bytes = Buffer.from(this.#typed.slice(0, this.#wanted), 'latin1');
      this.#typed = this.#typed.slice(this.#wanted);
      this.#payload(bytes);
      return true;
    }
    if (this.#typed.startsWith(ESC)) return this.#takeFiller(this.#typed.search(/[^\x1b\r\n]/));
    // The escape sequence has no line end.
    if (this.#typed === ESCAPE_SEQUENCE) {
      this.#typed = '';
      this.#command(ESCAPE_SEQUENCE);
      return false;
    }
    const end = this.#lineEnd();
    if (end < 0) return false;
    this.#takeLine(end);
    return true;
  }

  /** Index of the end of the command line; negative: it has not come. */
  #lineEnd(): number {
    this.#lineOpen = false;
    const first = this.#typed.search(LINE_END);
    const longest = this.#typed.length > MAX_PENDING ? MAX_PENDING : -1;
    if (first < 0) return longest;
    // A secret that was replaced has another length.
    if (this.#masked && this.#typed.slice(0, first).includes('***')) return first;
    const end = this.#countedEnd(first);
    this.#lineOpen = end < 0 && longest < 0;
    return end < 0 && !this.#lineOpen ? first : end;
  }

  /** A dialect that counts a payload in the line decides. */
  #countedEnd(first: number): number {
    const ends = WORDS.map((words) => words.lineEnd(this.#typed, first, LINE_END));
    return ends.find((end) => end !== first) ?? first;
  }

  #takeLine(end: number): void {
    const text = this.#typed.slice(0, end);
    this.#typed = this.#typed.slice(end).replace(/^[\r\n]+/, '');
    if (text !== '') this.#command(text);
  }

  /** `end`: where something else begins; negative: it has not come. */
  #takeFiller(end: number): boolean {
    if (end < 0) return false;
    this.#typed = this.#typed.slice(end);
    this.#say({ kind: 'noise', bytes: end, filler: 'sent' });
    return true;
  }

  #command(text: string): void {
    const shape = firstOf(WORDS, (words) => words.downlinksAfter(text));
    if (shape !== undefined) this.#counted = shape.counted;
    this.#announced = announcedBytes(text);
    this.#digester.expectedPrompt = this.#announced === undefined ? undefined : ANGLE_SPACE;
    this.#say({ kind: 'command', text, words: this.#decoder.sent(text) });
  }

  #onDropped(bytes: number): void {
    this.#endEcho();
    this.#say({ kind: 'noise', bytes });
  }

  /** A filler comes back in many lines, which mean one thing. */
  #endEcho(): void {
    const bytes = this.#echoed;
    this.#echoed = 0;
    if (bytes > 0) this.#say({ kind: 'noise', bytes, filler: 'echo' });
  }

  #onPrompt(): void {
    this.#endEcho();
    this.#wanted = this.#announced;
    this.#say({ kind: 'prompt', wanted: this.#wanted });
  }

  #onLine(text: string, payload: Buffer | undefined): void {
    if (payload === undefined && ECHOED_FILLER.test(text)) {
      // Its CR is no part of the line.
      this.#echoed += text.length + 1;
      return;
    }
    this.#endEcho();
    // An answer ends data mode, however many bytes were wanted.
    if (payload === undefined && /^(?:OK|ERROR|\+CM[ES] ERROR:.*)$/.test(text)) {
      this.#leaveDataMode();
      this.closeLine();
    }
    this.#say({ kind: 'line', text, payload, words: this.#decoder.received(text, payload) });
  }

  #payload(bytes: Buffer): void {
    this.#wanted = undefined;
    this.#say({ kind: 'payload', bytes, words: payloadWords(bytes) });
  }

  /** What was typed of a payload is all of it: the module gave up waiting, or a secret in it is masked. */
  #leaveDataMode(): void {
    if (this.#wanted === undefined) return;
    const bytes = Buffer.from(this.#typed, 'latin1');
    this.#typed = '';
    this.#wanted = undefined;
    if (bytes.length > 0) this.#payload(bytes);
  }

  #headers(): CountedHeader[] {
    if (!this.#masked) return [...this.#counted];
    return this.#counted.map((header) => (text) => (text.includes('***') ? undefined : header(text)));
  }
}

/** What bytes are that are neither lines nor payloads. */
export function noiseWords({
  bytes,
  filler,
}: {
  readonly bytes: number;
  readonly filler?: 'sent' | 'echo';
}): string {
  const count = bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (filler === 'echo') return `${count} of ESC and CR come back as an echo`;
  return filler === 'sent'
    ? `${count} of ESC and CR, in case the module waits for the rest of a payload`
    : `${count} that no line can be made of`;
}
