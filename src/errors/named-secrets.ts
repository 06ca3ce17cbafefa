import { STRANGE_QUOTE } from './lookalikes.js';

/**
 * The names of secrets at Alibaba Cloud, and what stands between name and value: JSON, JSON in a text that was quoted
 * once or several times more, fields of a form.
 */
export const NAMED_SECRET = String.raw`(?:(?:device|product)Secret|deviceToken)(?:\\*["'${STRANGE_QUOTE}])?[ \t]*[:=][ \t]*`;

/** Where the value is in `rest`, which begins with it, up to the end of its line. `name` is what `NAMED_SECRET` found. */
export function namedValue(name: string, rest: string): readonly [from: number, to: number] | undefined {
  const opening = /^(\\*)(["'])/.exec(rest);
  if (opening !== null) return quotedValue(rest, opening);
  if (rest.startsWith(STRANGE_QUOTE)) return [1, rest.length];
  // "deviceSecret: …" in a sentence is an error about one: words, no JSON.
  if (name.includes(':') && !/["'\u201c]/.test(name)) return undefined;
  const end = rest.search(/[&,}\s"'\\]/);
  return [0, end < 0 ? rest.length : end];
}

/** As far as the closing quote; all of it when there is none: better too much than a secret in a log. */
function quotedValue(rest: string, opening: RegExpExecArray): readonly [from: number, to: number] {
  const [open, backslashes = '', quote = '"'] = opening;
  // A text that is quoted once more has each backslash twice, and one more before each quote: n becomes 2n + 1. So what
  // is a backslash in the value is there 2(n + 1) times.
  const level = backslashes.length;
  for (const { 0: run, index } of rest.slice(open.length).matchAll(/\\*["']/g)) {
    if (!run.endsWith(quote) || (run.length - 1) % (2 * (level + 1)) !== level) continue;
    return [open.length, open.length + index + run.length - 1 - level];
  }
  return [open.length, rest.length];
}
