import { clipText, printable, textWidth } from '../../../../util/text-width.js';
import { painter, type Paint as TerminalPaint } from '../../../terminal.js';

/** Of the terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What a piece of text means; how that looks is a matter of the terminal. */
export type Style = 'good' | 'bad' | 'known' | 'busy' | 'faint' | 'strong';

export type Paint = TerminalPaint<Style>;

/** The paint of the board for a terminal. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return painter(
    {
      good: ['bold', 'black', 'bgGreen'],
      bad: ['bold', 'white', 'bgRed'],
      known: ['bold', 'black', 'bgCyan'],
      busy: 'yellow',
      faint: 'dim',
      strong: 'bold',
    },
    stream,
  );
}

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
