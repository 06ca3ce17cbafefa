import { styleText } from 'node:util';
import { escapeBytes } from '../util/escape.js';

/** Gives a text the looks of its style. */
export type Paint<Style extends string> = (style: Style, text: string) => string;

type Format = Parameters<typeof styleText>[0];

export const noPaint = (_style: string, text: string): string => text;

/** The paint for a stream: none where `NO_COLOR` is set, or where the terminal has no colours. */
export function painter<Style extends string>(
  formats: Readonly<Record<Style, Format>>,
  stream: NodeJS.WriteStream,
): Paint<Style> {
  // `styleText` of Node 20 looks at the stream, not at the environment.
  if (stream.isTTY && !stream.hasColors()) return noPaint;
  // It asks the terminal each time: once is enough for a million lines.
  const marks = new Map<string, readonly string[]>();
  for (const [style, format] of Object.entries<Format>(formats)) {
    marks.set(style, styleText(format, '\0', { validateStream: true, stream }).split('\0'));
  }
  return (style, text) => (marks.get(style) ?? []).join(text);
}

/** Words keep their Unicode, but no control character reaches the terminal: it could move the cursor. */
export function harmless(words: string): string {
  return words.replace(/\p{Cc}/gu, (char) => escapeBytes(char));
}

/** Rows as lines with their columns aligned, two spaces apart, nothing behind the last text. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** `1 message`, `2 messages`. */
export function messagesText(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}
