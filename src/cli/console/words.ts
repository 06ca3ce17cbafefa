import { ArgumentError } from '../../errors/kinds.js';

interface FirstWord {
  readonly word: string;
  /** What stands behind it and the spaces that follow it, as it was typed. */
  readonly rest: string;
}

/**
 * The first word of a line; undefined when there is none. Quotes of either kind hold a word together, a backslash in
 * front of a quote, a space or a backslash takes its meaning. Throws an `ArgumentError` when a quote is not closed.
 */
export function firstWord(line: string): FirstWord | undefined {
  const text = line.trimStart();
  if (text === '') return undefined;
  let word = '';
  let quote: string | undefined;
  let at = 0;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'" && /["'\\ ]/.test(text[at + 1] ?? '')) {
      at += 1;
      word += text[at];
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word += char;
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) break;
    else word += char;
  }
  if (quote !== undefined) throw new ArgumentError('line', `an open ${quote}`, 'closed with the same quote');
  return { word, rest: text.slice(at).trimStart() };
}

/** All the words of a line, see `firstWord`. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (let found = firstWord(line); found !== undefined; found = firstWord(found.rest))
    words.push(found.word);
  return words;
}
