import { styleText } from 'node:util';

/** What a piece of text is; how that looks is a matter of the terminal. */
export type Style = 'faint' | 'good' | 'bad' | 'urc' | 'sent' | 'note';

/** Gives the text the looks of its style. */
export type Paint = (style: Style, text: string) => string;

const FORMATS: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  faint: 'dim',
  good: 'green',
  bad: 'red',
  urc: 'cyan',
  sent: 'bold',
  note: 'magenta',
};

export const NO_PAINT: Paint = (_style, text) => text;

/** The paint for a stream: none where `NO_COLOR` is set, or where the terminal has no colours. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(FORMATS[style], text, { validateStream: true, stream });
}
