import { maskSecrets } from '../../errors/secrets.js';

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
