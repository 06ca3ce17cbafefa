/** A text with what merely looks like ASCII replaced, character by character, and the way back. */
export interface Legible {
  readonly text: string;
  /** Where the character of `text` at that place begins in the original; the length of it for the end. */
  origin(index: number): number;
}

/** Stands for any quote that is not the ASCII one: where it begins and ends a parameter is not known. */
export const STRANGE_QUOTE = '\u201c';

/** Blanks, quotes, primes and accents of all languages, full-width forms; or the bytes of one as UTF-8 read as latin1. */
const ODD = String.raw`[\x60\u02b9-\u02bd\u2000-\u200b\u2018-\u201f\u202f\u2032-\u2037\u2039\u203a\u205f\u2060\u3000\u300c-\u300f\u301d-\u301f\ufeff\uff01-\uff5e]|\xc2[\xa0\xab\xb4\xbb]|\xca[\xb9-\xbd]|\xe2(?:\x80[\x80-\x8b\x98-\x9f\xaf\xb2-\xb7\xb9\xba]|\x81[\x9f\xa0])|\xe3\x80[\x80\x8c-\x8f\x9d-\x9f]|\xef(?:\xbb\xbf|\xbc[\x81-\xbf]|\xbd[\x80-\x9e])|[\xa0\xab\xb4\xbb]`;

const HAS_ODD = new RegExp(ODD);
const ODD_CHARACTER = new RegExp(ODD, 'g');
const ESCAPE = /\\[xt]/;

/** As a trace escapes bytes; those of UTF-8 together. */
const ESCAPED = /\\t|\\x[ce][0-9a-f](?:\\x[89ab][0-9a-f]){1,2}|\\x[0-9a-f]{2}/g;

/** Quotes of all languages, primes, and accents that are typed for them. */
const QUOTES =
  /[\x60\u00ab\u00b4\u00bb\u02b9-\u02bd\u2018-\u201f\u2032-\u2037\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07\uff40]/;

const BLANKS = /[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/;

/** From the full-width form to ASCII: Unicode, block "Halfwidth and Fullwidth Forms". */
const FULL_WIDTH = /[\uff01-\uff5e]/;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * The text as a person reads it: full-width characters as ASCII, blanks of any kind as a space, quotes of any kind but
 * `"` and `'` as `STRANGE_QUOTE`. It may be text, wire text (latin1), or wire text with escapes: one with a backslash can
 * be read in two ways.
 */
export function readings(text: string): readonly Legible[] {
  const plain = HAS_ODD.test(text)
    ? reading(text, ODD_CHARACTER)
    : { text, origin: (index: number) => index };
  return ESCAPE.test(text) ? [plain, reading(text, ESCAPED)] : [plain];
}

function reading(text: string, pieces: RegExp): Legible {
  let plain = '';
  let end = 0;
  /** Places in `plain` from which on those in `text` are so many more. */
  const shifts: (readonly [from: number, by: number])[] = [];
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    const char = seenAs(piece);
    if (char === undefined) continue;
    plain += text.slice(end, index) + char;
    end = index + piece.length;
    if (piece.length > 1) shifts.push([plain.length, end - plain.length]);
  }
  plain += text.slice(end);
  const origin = (index: number) => index + (shifts.findLast(([from]) => from <= index)?.[1] ?? 0);
  return { text: plain, origin };
}

/** What a piece looks like, one character; undefined if it stays as it is. */
function seenAs(piece: string): string | undefined {
  if (piece === '\\t') return ' ';
  const wire = piece.replace(/\\x(..)/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const char = wire.length > 1 ? Buffer.from(wire, 'latin1').toString() : wire;
  if (QUOTES.test(char)) return STRANGE_QUOTE;
  if (BLANKS.test(char)) return ' ';
  if (FULL_WIDTH.test(char)) return String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET);
  // A single escape is one character on the wire.
  return char.length === 1 && piece.startsWith('\\x') ? char : undefined;
}
