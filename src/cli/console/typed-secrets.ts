import { maskSecrets } from '../../errors/secrets.js';

/** `scheme://user:password@`, up to the last `@` of the word. */
const URL_PASSWORD = /([a-z][a-z\d+.-]*:\/\/[^\s"'/?#:@]*):[^\s"']*@/gi;

/** Options of dot-commands that carry a secret, flags in front of the short one among them, and the value in quotes or not. */
const SECRET_OPTION =
  /((?:^|\s)(?:-[cr]*P|--(?:pw|product-secret|device-secret)(?=[\s=]))[\s=]*)(?:"[^"]*"?|'[^']*'?|\\.|[^\s"'\\])+/g;

/** A line that is typed, without its secrets: those of command lines, of URLs, and of the options of dot-commands. */
export function maskTyped(line: string): string {
  const masked = maskSecrets(line).replace(URL_PASSWORD, '$1:***@');
  return /^\s*\./.test(line) ? masked.replace(SECRET_OPTION, '$1***') : masked;
}
