import { styleText } from 'node:util';
import { clipText, printable, textWidth } from '../../../../util/text-width.js';

/** Of the terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What a piece of text means; how that looks is a matter of the terminal. */
export type Style = 'good' | 'bad' | 'known' | 'busy' | 'faint' | 'strong';

/** Gives the text the looks of its style. */
export type Paint = (style: Style, text: string) => string;

type Format = Parameters<typeof styleText>[0];

const FORMATS: Readonly<Record<Style, Format>> = {
  good: ['bold', 'black', 'bgGreen'],
  bad: ['bold', 'white', 'bgRed'],
  known: ['bold', 'black', 'bgCyan'],
  busy: 'yellow',
  faint: 'dim',
  strong: 'bold',
};

export const NO_PAINT: Paint = (_style, text) => text;

/** The paint for a terminal: none where it has no colours, or where `NO_COLOR` is set. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  // `styleText` of Node 20 looks at the stream, not at the environment.
  if (!stream.hasColors()) return NO_PAINT;
  return (style, text) => styleText(FORMATS[style], text, { validateStream: false });
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
