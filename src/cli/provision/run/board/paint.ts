import { styleText } from 'node:util';

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
