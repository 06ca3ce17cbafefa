import wrapAnsi from 'wrap-ansi';

/** Narrower than this there is no room for a hanging indent. */
const NARROW = 40;

/** What stands in front of the text of a line: spaces, `* ` of a note, a first column. */
const FRONT = /^\s*(?:\* |\S+(?: \S+)* {2,}(?=\S))?/;

/**
 * The line in lines of at most so many columns, broken between words; they go on below where its text begins.
 */
export function wrapped(line: string, columns: number): string[] {
  if (columns < 1) return [line];
  const front = columns < NARROW ? '' : (FRONT.exec(line)?.[0] ?? '');
  const fits = front.length <= columns / 2;
  const indent = fits ? front.length : (/^ */.exec(line)?.[0].length ?? 0);
  const lines = wrapAnsi(line.slice(indent), columns - indent, { hard: true }).split('\n');
  return lines.map((text, at) => (at === 0 ? line.slice(0, indent) : ' '.repeat(indent)) + text);
}
