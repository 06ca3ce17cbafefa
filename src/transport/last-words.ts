import { escapeBytes } from '../util/escape.js';

/** Bytes that are kept, and shown, at most. */
const LIMIT = 200;

/** ms before the end in which the words came, unless they are all that came. */
const RECENT = 1_000;

/** Lines of a module rather than of what is between it and us: commands, responses, result codes, prompts. */
const OF_MODULE = /^(?:AT|[+^%*#$>]|(?:OK|ERROR|CONNECT|NO CARRIER|RDY)\b)/i;

/** A line of a person's language has a word. */
const WORD = /[a-z]{3}/i;

/** What the other side said last: a serial server that closes a connection often says why. */
export class LastWords {
  #tail: Buffer = Buffer.alloc(0);
  #total = 0;
  #at = 0;

  add(chunk: Buffer): void {
    this.#total += chunk.length;
    this.#at = performance.now();
    this.#tail = (chunk.length >= LIMIT ? chunk : Buffer.concat([this.#tail, chunk])).subarray(-LIMIT);
  }

  /** As `quote`, of a single chunk. */
  static in(chunk: Buffer): string | undefined {
    const words = new LastWords();
    words.add(chunk);
    return words.quote();
  }

  /** The last lines that are not of a module, control characters escaped; undefined if there are none. */
  quote(): string | undefined {
    const cut = this.#total > LIMIT;
    if (cut && performance.now() - this.#at > RECENT) return undefined;
    const lines = this.#tail
      .toString('latin1')
      .split(/[\r\n]+/)
      .map((line) => line.trim());
    // The first line has lost its beginning.
    if (cut && lines.length > 1) lines.shift();
    const spoken = lines.filter((line) => line !== '');
    const last = spoken.slice(spoken.findLastIndex((line) => OF_MODULE.test(line)) + 1);
    // A prompt comes again for each line that is written.
    const words = [...new Set(last)].join('\n');
    return WORD.test(words) ? escapeBytes(words) : undefined;
  }
}
