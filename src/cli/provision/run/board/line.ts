import { clipText, printable, textWidth } from '../../../../util/text-width.js';
import type { Paint, Style } from './paint.js';

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

export type Line = readonly Span[];

/** A span of printable text. */
export function span(text: string, style?: Style): Span {
  return style === undefined ? { text: printable(text) } : { text: printable(text), style };
}

/** The line as it goes to the terminal: at most `width` columns, nothing behind the last text. */
export function lineText(line: Line, width: number, paint: Paint): string {
  const painted: string[] = [];
  let left = width;
  for (const [index, { text, style }] of line.entries()) {
    const last = index === line.length - 1;
    const clipped = clipText(last && style === undefined ? text.trimEnd() : text, left);
    left -= textWidth(clipped);
    if (clipped !== '') painted.push(style === undefined ? clipped : paint(style, clipped));
  }
  return painted.join('').trimEnd();
}
