import type { Line } from '../../at/line.js';
import { parseFinalResult } from '../../at/result-codes.js';
import type { Asked, Meaning } from '../../dialects/words.js';
import { maskSecrets } from '../../errors/secrets.js';
import { CORE_MEANINGS, URC_MEANINGS } from './core-meanings.js';
import { BOOT, WORDS } from './dialect-words.js';

const COMMANDS: readonly Meaning[] = [...CORE_MEANINGS, ...WORDS.flatMap(({ meanings }) => meanings)];

const TELLERS: readonly Meaning[] = [
  ...WORDS.flatMap(({ unasked }) => unasked),
  ...URC_MEANINGS,
  ...COMMANDS,
];

/** Results that are waited for at most: a recording that begins in the middle may owe some for ever. */
const MAX_WAITING = 100;

/**
 * Follows a conversation line by line and says what the lines mean, in plain English without secrets. Whose a line is
 * follows from the command that is pending and from its shape, as in the driver: the same
 * line can be the answer to a query, or a result. Pure.
 */
export class Decoder {
  /** The command line whose final result code has not come. */
  #pending: { readonly line: string; readonly asked: Asked | undefined } | undefined;
  /** Those whose result URC has not come. */
  #waiting: Asked[] = [];
  /** What comes unasked, in the shape of downlinks that a command line has asked for. */
  #tellers = TELLERS;

  /** A command line that was written, without its line end (latin1); what it asks for, or undefined. */
  sent(line: string): string | undefined {
    const asked = firstOf(COMMANDS, (meaning) => meaning.ask(line));
    const shape = firstOf(WORDS, (words) => words.downlinksAfter(line));
    if (shape !== undefined) this.#tellers = [...shape.meanings, ...TELLERS];
    this.#pending = { line, asked };
    if (asked?.twoStage) this.#waiting = [asked, ...this.#waiting].slice(0, MAX_WAITING);
    return asked && maskSecrets(asked.text);
  }

  /** A line that came, without its line end (latin1), with its payload if that was counted; undefined: no words for it. */
  received(text: string, payload?: Buffer): string | undefined {
    const line: Line = payload === undefined ? { text } : { text, payload };
    if (payload === undefined && text === this.#pending?.line) return undefined;
    const words = this.#final(line) ?? this.#answer(line) ?? this.#told(line);
    return words === undefined || words === '' ? undefined : maskSecrets(words);
  }

  /** Forgets what is pending: the port was closed, or the module has restarted. */
  reset(): void {
    this.#pending = undefined;
    this.#waiting = [];
  }

  /** The words for a final result code; empty when there is nothing to say. */
  #final({ text, payload }: Line): string | undefined {
    const final = payload === undefined ? parseFinalResult(text) : undefined;
    if (final === undefined) return undefined;
    const asked = this.#pending?.asked;
    this.#pending = undefined;
    if (final.ok)
      return asked !== undefined && this.#waiting.includes(asked) ? 'accepted, the result follows' : '';
    this.#waiting = this.#waiting.filter((waiting) => waiting !== asked);
    if (final.number === undefined) return final.text === 'ERROR' ? 'refused, without a reason' : '';
    return final.meaning ?? `error ${final.number}`;
  }

  #answer(line: Line): string | undefined {
    const { asked } = this.#pending ?? {};
    const own = asked === undefined || asked.twoStage || this.#claimed(line) ? undefined : asked.answer(line);
    if (own !== undefined) return own.text ?? '';
    for (const waiting of [...this.#waiting].reverse()) {
      const answer = waiting.answer(line);
      if (answer === undefined) continue;
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      return answer.text ?? '';
    }
    return undefined;
  }

  /** Text without a prefix is whatever nobody else claims; the rest is told apart by its shape. */
  #claimed({ text }: Line): boolean {
    return BOOT.marker(text) === 'certain';
  }

  #told(line: Line): string | undefined {
    const told = firstOf(this.#tellers, (meaning) => meaning.tell(line));
    if (told !== undefined || line.payload !== undefined) return told;
    if (BOOT.marker(line.text) === undefined) return undefined;
    if (BOOT.isPowerDown(line.text)) return 'the module powers down';
    return 'the module has restarted';
  }
}

/** What `find` says of the first item that it says anything of. */
export function firstOf<T, U>(items: readonly T[], find: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
