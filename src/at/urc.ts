import type { CountedHeader, Line } from './line.js';

/** The declaration of one unsolicited result code, for both directions. */
export interface Urc<T> {
  /** What the line starts with, e.g. `+LMQTTURC: STATS`. */
  readonly name: string;
  /** The value of the line, or undefined if it is not of this shape. The name alone never decides. */
  parse(line: Line): T | undefined;
  /** The line as the TA sends it. */
  format(value: T): Line;
  /** For lines with a length-counted payload. */
  readonly counted?: CountedHeader;
}
