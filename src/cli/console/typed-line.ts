import { ArgumentError } from '../../errors/kinds.js';
import { type Legible, readings, STRANGE_QUOTE } from '../../errors/lookalikes.js';
import { maskSecrets } from '../../errors/secrets.js';

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
  if (quote !== undefined)
    throw new ArgumentError('line', `an open ${quote}`, 'closed', `a quote ${quote} is open: close it`);
  return { word, rest: text.slice(at).trimStart() };
}

/** All the words of a line, see `firstWord`. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (let found = firstWord(line); found !== undefined; found = firstWord(found.rest))
    words.push(found.word);
  return words;
}

/** `scheme://user:password@`, up to the last `@` of the word; an input method may have widened it. */
const URL_PASSWORD = /([a-z][a-z\d+.-]*[:：][/／]{2}[^\s"'/?#:：@＠]*)[:：][^\s"']*[@＠]/gi;

/** What text programs make of `-` and `--`. */
const DASH = '[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]';

/** Options of dot-commands that carry a secret, flags in front of the short one among them. */
const SECRET_OPTION = new RegExp(
  `((?:^|\\s)(?:${DASH}[cr]*P|${DASH}{1,2}(?:pw|product-secret|device-secret)(?=[\\s=\uff1d]))[\\s=\uff1d]*)`,
);

/** The value of one, in quotes or not; one that begins with a strange quote goes to the end of the line. */
const OPTION_VALUE =
  /^(?:[\u00ab\u2018-\u201f\u300c\u300e\uff02\uff07`\u00b4].*|(?:"[^"]*"?|'[^']*'?|\\.|[^\s"'\\])+)/;

/** A line that is typed, without its secrets: those of command lines, of URLs, and of the options of dot-commands. */
export function maskTyped(line: string): string {
  const masked = maskSecrets(line).replace(URL_PASSWORD, '$1:***@');
  // Whatever is no command line may be meant for the console, also if the dot in front is missing or another one.
  return /^\s*AT(?![a-z])/i.test(line) ? masked : maskOptions(masked);
}

function maskOptions(line: string): string {
  let shown = '';
  let rest = line;
  for (let found = SECRET_OPTION.exec(rest); found !== null; found = SECRET_OPTION.exec(rest)) {
    const start = found.index + found[0].length;
    const value = OPTION_VALUE.exec(rest.slice(start))?.[0] ?? '';
    shown += rest.slice(0, start) + (value === '' ? '' : '***');
    rest = rest.slice(start + value.length);
  }
  return shown + rest;
}

/** What a line has that modules do not take, and how it should be. */
interface TypingFault {
  /** For people, without a full stop. */
  readonly what: string;
  readonly right: string;
}

/** A command line of the extended syntax (V.250 5.4), or a command of the console. */
const COMMAND = /^\s*A\s*T\s*[+^$%*#&@]/i;
const DOT_COMMAND = /^\s*[.\u3002]\s*([a-z]+)/i;

const QUOTES_FAULT = 'strings must be in straight double quotes (")';
const WIDTH_FAULT = 'full-width characters are not those of AT commands';
const BLANKS_FAULT = 'many modules take no blanks outside of strings';

/**
 * Says what is wrong with the quotes, full-width characters and blanks of a line; undefined for one that is as it should
 * be, or no command. What stands in straight double quotes stays as it is.
 */
export function typingFault(line: string): TypingFault | undefined {
  const [seen] = readings(line);
  if (seen === undefined) return undefined;
  const dot = DOT_COMMAND.exec(seen.text)?.[1];
  if (dot !== undefined) return dotFault(line, seen.text, dot);
  if (!COMMAND.test(seen.text)) return undefined;
  const { right, faults } = corrected(line, seen);
  return faults.size === 0 ? undefined : { what: [...faults].join('; '), right };
}

function corrected(line: string, { text, origin }: Legible): { right: string; faults: Set<string> } {
  const faults = new Set<string>();
  let right = '';
  let named = false;
  for (let at = text.length - text.trimStart().length; at < text.trimEnd().length; at += 1) {
    const char = text[at] ?? '';
    const end = stringEnd(text, at, right);
    if (end !== undefined) {
      const closed = char === '"' && text[end] === '"';
      if (!closed && !(char === '"' && end >= text.length)) faults.add(QUOTES_FAULT);
      right +=
        closed || end < text.length ? `"${line.slice(origin(at + 1), origin(end))}"` : line.slice(origin(at));
      at = end;
    } else if (/\s/.test(char)) {
      const next = text.slice(at).trimStart()[0] ?? '';
      if (named && !/[=,;?]$/.test(right) && !/[=,;?]/.test(next)) right += ' ';
      else faults.add(BLANKS_FAULT);
    } else {
      if (line[origin(at)] !== char) faults.add(WIDTH_FAULT);
      named ||= /[=?]/.test(char);
      right += char;
    }
  }
  return { right, faults };
}

/** Where the string ends that begins at `at`: the place of its closing quote, or the length; undefined if none begins. */
function stringEnd(text: string, at: number, before: string): number | undefined {
  const open = text[at];
  const begins = open === '"' || open === STRANGE_QUOTE || (open === "'" && /[=,]$/.test(before));
  if (!begins) return undefined;
  const ends = open === '"' ? ['"'] : open === "'" ? ["'"] : [STRANGE_QUOTE, '"'];
  const places = ends.map((end) => text.indexOf(end, at + 1)).filter((place) => place > 0);
  // One that opens straight and closes strange
  if (places.length === 0 && open === '"') places.push(text.indexOf(STRANGE_QUOTE, at + 1));
  return Math.min(...places.filter((place) => place > 0), text.length);
}

/** Other dots, quotes and dashes than those of ASCII; a payload or a macro may have any. */
function dotFault(line: string, seen: string, name: string): TypingFault | undefined {
  const typed = line.trim();
  const right = /^(?:pub|macro)$/i.test(name)
    ? `.${typed.slice(1).trimStart()}`
    : `.${seen.trim().slice(1).trimStart()}`
        .replaceAll(STRANGE_QUOTE, '"')
        .replace(/(^|\s)[\u2014\u2015](?=[a-z])/g, '$1--')
        .replace(/(^|\s)[\u2010-\u2013\u2212](?=[a-z])/gi, '$1-');
  return right === typed ? undefined : { what: 'type dots, quotes and dashes as on a US keyboard', right };
}
