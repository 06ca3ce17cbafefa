/** Two columns of a terminal: the wide and full-width characters of UAX #11, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** No column of its own: it is drawn over the character in front of it. */
const NARROWEST = /[\p{Mn}\p{Me}]/u;

/** What a terminal would obey instead of showing it, line ends too. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text on one line, with `?` for each control character: what a module says must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, '?');
}

/** Columns that a printable text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

/** The text in at most `width` columns; `..` stands for what was cut off. */
export function clipText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const mark = '..'.slice(0, Math.max(0, width));
  let kept = '';
  let left = width - mark.length;
  for (const char of text) {
    left -= charWidth(char);
    if (left < 0) break;
    kept += char;
  }
  return kept + mark;
}

/** The end of the text in exactly `width` columns, with `..` for what was cut off: names of ports differ there. */
export function fitEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return fitText(text, width);
  const mark = '..'.slice(0, Math.max(0, width));
  let kept = '';
  let left = width - mark.length;
  for (const char of [...text].reverse()) {
    left -= charWidth(char);
    if (left < 0) break;
    kept = char + kept;
  }
  return fitText(mark + kept, width);
}

/** The text in exactly `width` columns. */
export function fitText(text: string, width: number): string {
  const clipped = clipText(text, width);
  return clipped + ' '.repeat(Math.max(0, width - textWidth(clipped)));
}

/** The text in lines of at most `width` columns, broken between words where that is possible. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(clipText(line, width));
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, clipText(line, width)];
}

function charWidth(char: string): number {
  if (char >= ' ' && char <= '~') return 1;
  if (NARROWEST.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}
