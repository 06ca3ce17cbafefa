import { ReadlineParser } from '@serialport/parser-readline';
import type { CountedHeader, Line, Prompt } from './line.js';

/** Longest line in bytes, by default: an 8000-byte payload in hex with its header fits. */
export const MAX_LINE = 16 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const LINE_END = 2;

/** Bytes at the start of a line without end in which a prompt, with the garbage before it, is looked for. */
const MAX_PROMPT = 64;

/** What a line starts with: not NUL, CR or a high byte. */
const LINE_START = /[\x20-\x7e\n]/;

/** Why bytes were thrown away. */
export type DropReason = 'too-long' | 'garbage' | 'out-of-step' | 'incomplete';

export interface DigesterHandlers {
  line(line: Line): void;
  prompt(): void;
  dropped(reason: DropReason, bytes: number): void;
}

export interface DigesterOptions {
  /** Longest line in bytes, default `MAX_LINE`. */
  readonly maxLine?: number;
  /** The headers of length-counted lines that are to be expected now. */
  readonly countedHeaders?: () => Iterable<CountedHeader>;
}

/** A length-counted payload that has begun. */
export interface Counted {
  readonly header: string;
  /** Bytes of the payload. */
  readonly length: number;
  /** What has come of it, from behind the header. */
  readonly text: string;
}

/**
 * The one place where bytes become lines. Synchronous: `push` calls the handlers in the order of the bytes.
 * `ReadlineParser` splits at LF and keeps the LF, as the boot line of these modules ends in LF alone and a counted
 * payload with CR LF CR LF in it must be rebuilt; it is only given whole lines, so that a flood of single bytes
 * costs no repeated concatenation, and that the prompt and a line without end can be seen. Lines that end in LF alone,
 * or in CR alone (V.250 6.2.2 lets that be set), are read as well; the second kind once `settle` was called.
 */
export class Digester {
  readonly #handlers: DigesterHandlers;
  /** Longest line in bytes, with its line end. */
  readonly #limit: number;
  readonly #headers: () => Iterable<CountedHeader>;
  readonly #parser = new ReadlineParser({
    delimiter: '\n',
    encoding: 'latin1',
    includeDelimiter: true,
    readableObjectMode: true,
  });
  #tail: Buffer[] = [];
  #tailLength = 0;
  #overlong = false;
  #counted: { -readonly [K in keyof Counted]: Counted[K] } | undefined;
  #prompt: Prompt | undefined;
  /** A prompt was `>`: a space after it belongs to it [A]. */
  #spaceMayFollow = false;
  /** An LF has come, at any time: then a CR alone ends no line. */
  #fed = false;
  /** Lines end in CR alone. */
  #crAlone = false;
  /** The last line, an empty one counts, ended in LF alone. */
  #lfAlone = false;

  constructor(handlers: DigesterHandlers, options: DigesterOptions = {}) {
    this.#handlers = handlers;
    this.#limit = (options.maxLine ?? MAX_LINE) + LINE_END;
    this.#headers = options.countedHeaders ?? (() => []);
  }

  /** The counted payload that has begun and is not complete. */
  get counted(): Counted | undefined {
    return this.#counted;
  }

  /**
   * The prompt that is to be expected, if any: only then is its text at the start of a line one. One without a line end
   * that is there already counts, as it can overtake the report that the command line is written.
   */
  set expectedPrompt(prompt: Prompt | undefined) {
    this.#prompt = prompt;
    this.#lookForPrompt();
  }

  /** Whether a line may be here that ends in CR alone: the rest of a CR LF would follow at once. */
  get unsettled(): boolean {
    return !this.#fed && !this.#crAlone && this.#tail.some((chunk) => chunk.includes(CR));
  }

  /** Nothing has come for a while: what ends in CR is a line, if there never was an LF. */
  settle(): void {
    if (!this.unsettled) return;
    this.#crAlone = true;
    this.#takeCrLines();
  }

  push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > 0) {
      this.#fed = true;
      this.#crAlone = false;
      this.#keep(chunk.subarray(0, end));
      this.#parser.write(this.#takeTail());
      for (let raw = this.#parser.read(); raw !== null; raw = this.#parser.read()) this.#onRaw(raw);
    }
    const looked = this.#tailLength >= MAX_PROMPT;
    if (end < chunk.length) this.#keep(chunk.subarray(end));
    if (this.#crAlone) this.#takeCrLines();
    if (!looked) this.#lookForPrompt();
    if (this.#tailLength >= this.#limit + (this.#counted?.length ?? 0)) this.#dropTail();
  }

  /** Gives up a counted payload whose rest does not come, and a line without end. */
  abandon(): void {
    const counted = this.#counted;
    const begun = counted === undefined ? 0 : counted.header.length + counted.text.length;
    const bytes = begun + this.#tailLength;
    this.#counted = undefined;
    this.#takeTail();
    if (bytes > 0) this.#handlers.dropped('incomplete', bytes);
  }

  #takeCrLines(): void {
    const bytes = this.#takeTail();
    const end = bytes.lastIndexOf(CR) + 1;
    if (end < bytes.length) this.#keep(bytes.subarray(end));
    for (const raw of bytes.toString('latin1', 0, end).match(/[^\r]*\r/g) ?? []) this.#onRaw(raw);
  }

  #keep(added: Buffer): void {
    let bytes = added;
    if (this.#spaceMayFollow && bytes.length > 0) {
      this.#spaceMayFollow = false;
      if (bytes[0] === SPACE) bytes = bytes.subarray(1);
    }
    this.#tail.push(bytes);
    this.#tailLength += bytes.length;
  }

  #takeTail(): Buffer {
    const [first] = this.#tail;
    const bytes = this.#tail.length === 1 && first !== undefined ? first : Buffer.concat(this.#tail);
    this.#tail = [];
    this.#tailLength = 0;
    return bytes;
  }

  /** The line has no end within its limit: it is given up, with the counted payload that it would belong to. */
  #dropTail(): void {
    const counted = this.#counted;
    const tail = this.#takeTail().toString('latin1');
    const begun = counted === undefined ? 0 : counted.header.length + counted.text.length;
    const bytes = begun + (counted !== undefined || this.#overlong ? tail : this.#takePrompt(tail)).length;
    this.#counted = undefined;
    this.#overlong = true;
    this.#handlers.dropped('too-long', bytes);
  }

  /** A prompt has no line end after it: it is looked for at the start of what is left of the last line. */
  #lookForPrompt(): void {
    const prompt = this.#prompt;
    if (prompt === undefined || prompt.wholeLine || this.#counted !== undefined || this.#overlong) return;
    if (this.#tailLength < prompt.text.length) return;
    const head = Buffer.concat(this.#tail, Math.min(this.#tailLength, MAX_PROMPT)).toString('latin1');
    const start = head.search(LINE_START);
    if (start < 0 || !head.startsWith(prompt.text, start)) return;
    const behind = this.#takeTail().subarray(start + prompt.text.length);
    this.#stripGarbage(head);
    this.#spaceMayFollow = prompt.text === '>';
    if (behind.length > 0) this.#keep(behind);
    this.#handlers.prompt();
  }

  #onRaw(raw: string): void {
    if (this.#overlong) {
      this.#overlong = false;
      this.#handlers.dropped('too-long', raw.length);
      return;
    }
    if (this.#counted !== undefined) {
      this.#counted.text += raw;
      this.#finishCounted(this.#counted);
      return;
    }
    const behind = this.#takePrompt(raw);
    if (behind.length > this.#limit) {
      this.#handlers.dropped('too-long', behind.length);
      return;
    }
    const text = this.#stripGarbage(behind);
    for (const header of this.#headers()) {
      const span = header(text);
      if (span === undefined) continue;
      if (span.length > this.#limit) break;
      this.#counted = {
        header: text.slice(0, span.start),
        length: span.length,
        text: text.slice(span.start),
      };
      this.#finishCounted(this.#counted);
      return;
    }
    this.#lfAlone = /(?:^|[^\r])\n$/.test(raw);
    this.#emitLine(text);
  }

  /** What stands behind a prompt that is glued to the line, or all of it. */
  #takePrompt(raw: string): string {
    const prompt = this.#prompt;
    const start = prompt === undefined || prompt.wholeLine ? -1 : raw.search(LINE_START);
    if (prompt === undefined || start < 0 || !raw.startsWith(prompt.text, start)) return raw;
    this.#stripGarbage(raw);
    this.#handlers.prompt();
    const behind = raw.slice(start + prompt.text.length);
    return prompt.text === '>' ? behind.replace(/^ /, '') : behind;
  }

  #emitLine(raw: string): void {
    let end = raw.length;
    while (end > 0 && (raw[end - 1] === '\r' || raw[end - 1] === '\n')) end -= 1;
    if (end === 0) return;
    const text = raw.slice(0, end);
    if (this.#prompt?.wholeLine && text === this.#prompt.text) this.#handlers.prompt();
    else this.#handlers.line({ text });
  }

  /** Bytes that no line starts with: the CR of the line end before, NUL and high bytes of a waking UART. */
  #stripGarbage(raw: string): string {
    const start = raw.search(LINE_START);
    if (start <= 0) return raw;
    const garbage = raw.slice(0, start).replaceAll('\r', '').length;
    if (garbage > 0) this.#handlers.dropped('garbage', garbage);
    return raw.slice(start);
  }

  /**
   * lmqtt.md 6: exactly `length` bytes; if the first byte is a quote and so is the one behind `length` further
   * bytes, the payload is quoted [A]. Decided once the line end must have come as well: a raw payload may begin with a quote.
   */
  #finishCounted(counted: Counted): void {
    const { header, length, text } = counted;
    const short = text.length === length + 1 && text[0] !== '"' && this.#isShortEnd(text.slice(length));
    if (text.length < length + 2 && !short) return;
    this.#counted = undefined;
    const start = text[0] === '"' && text[length + 1] === '"' ? 1 : 0;
    const end = start + length + start;
    const rest = text.slice(end);
    if (this.#isEnd(rest)) {
      this.#handlers.line({
        text: header,
        payload: Buffer.from(text.slice(start, start + length), 'latin1'),
      });
      return;
    }
    // The count and the line end do not agree: bytes were lost, or the length has another meaning than assumed.
    const resume = rest.indexOf(this.#crAlone ? '\r' : '\n') + 1;
    this.#handlers.dropped('out-of-step', header.length + end + resume);
    if (resume < rest.length) this.#onRaw(rest.slice(resume));
  }

  /** Whether the text is the end of a line and nothing else. */
  #isEnd(text: string): boolean {
    return this.#crAlone ? text === '\r' : /^\r*\n$/.test(text);
  }

  /** Whether the byte ends a line of this module; where lines end in CR LF, an LF alone tells that a byte got lost. */
  #isShortEnd(byte: string): boolean {
    return this.#crAlone ? byte === '\r' : this.#lfAlone && byte === '\n';
  }
}
