const MASK = '***';

/**
 * The names of secrets at Alibaba Cloud, and what stands between name and value: JSON, JSON in a text that was quoted
 * once or several times more, fields of a form.
 */
export const NAMED_SECRET =
  /((?:(?:device|product)Secret|deviceToken)(?:\\*["'])?[ \t]*[:=][ \t]*)([^\r\n]*)/gi;

/** `rest` without the value that it begins with; `name` is group 1 of `NAMED_SECRET`. `others` masks what is behind. */
export function maskNamed(name: string, rest: string, others: (text: string) => string): string {
  const opening = /^(\\*)(["'])/.exec(rest);
  if (opening !== null) return maskQuoted(rest, opening, others);
  // "deviceSecret: *** is refused" is an error about one: words, no JSON.
  if (name.includes(':') && !/["']/.test(name)) return others(rest);
  const end = rest.search(/[&,}\s"'\\]/);
  return end < 0 ? MASK : MASK + others(rest.slice(end));
}

/** Masks as far as the closing quote; all of it when there is none: better too much than a secret in a log. */
function maskQuoted(rest: string, opening: RegExpExecArray, others: (text: string) => string): string {
  const [open, backslashes = '', quote = '"'] = opening;
  // A text that is quoted once more has each backslash twice, and one more before each quote: n becomes 2n + 1. So what
  // is a backslash in the value is there 2(n + 1) times.
  const level = backslashes.length;
  for (const { 0: run, index } of rest.slice(open.length).matchAll(/\\*["']/g)) {
    if (!run.endsWith(quote) || (run.length - 1) % (2 * (level + 1)) !== level) continue;
    return open + MASK + backslashes + others(rest.slice(open.length + index + run.length - 1));
  }
  return open + MASK;
}
