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

/** Without what would break the line or move the cursor: names and details come from modules, files and people. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
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

/** `1 module`, `2 modules`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Date and time in the machine's time zone, for people: `2026-11-20 12:00:00`. Times are ms since 1970. */
export function localTime(ms: number): string {
  const date = new Date(ms);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
  return `${day} ${timeOfDay(ms)}`;
}

/** As `localTime`, with ms: steps of an attempt follow each other within one second. */
export function localTimeMs(ms: number): string {
  return localTime(ms) + milliseconds(ms);
}

/** The time of `localTime` alone: `12:00:00`. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** As `timeOfDay`, with ms. */
export function timeOfDayMs(ms: number): string {
  return timeOfDay(ms) + milliseconds(ms);
}

function milliseconds(ms: number): string {
  return `.${String(new Date(ms).getMilliseconds()).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** How long, for people: `840 ms`, `7.5 s`, `12 min 5 s`, `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
