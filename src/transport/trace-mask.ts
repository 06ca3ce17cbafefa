import { maskSecrets } from '../errors/secrets.js';

/** Bytes of a line that are kept for masking at most. */
const MAX_BYTES = 4096;

/** Masks secrets in a line that is recorded in parts: the part that holds the rest of a secret does not show it. */
export class LineMask {
  /** The line so far, as it came. */
  #line = '';

  /** The next part (latin1) as it may be shown; empty when all of it belongs to a secret that is masked already. */
  apply(part: string): string {
    const whole = this.#line + part;
    const shown = maskSecrets(this.#line);
    const masked = maskSecrets(whole);
    this.#line = whole.slice(lineStart(whole)).slice(-MAX_BYTES);
    return masked.startsWith(shown) ? masked.slice(shown.length) : '***';
  }
}

/** Where the last line of the text starts. */
function lineStart(text: string): number {
  return Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\n')) + 1;
}
