import { parse } from 'csv-parse/sync';
import { fieldOfColumn } from './columns.js';
import { withoutFormulas } from './csv-records.js';

/** Where the table begins in a text, and what stands between its columns. */
export interface TableStart {
  readonly delimiter: string;
  /** Index in the text of the line of the header. */
  readonly index: number;
  /** Its number, from 1. */
  readonly line: number;
}

/** What spreadsheets write, by country; the comma is taken when the header does not tell. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** A header is shorter than this. */
const HEADER_LENGTH = 64 * 1024;

/** `sep=;` in the first line tells Excel the delimiter. */
const SEPARATOR_LINE = /^"?sep=([,;\t|])"?[^\S\n]*(?:\n|$)/i;

/** Undefined if there is nothing in the text but blanks. Lines end with LF. */
export function findTable(text: string): TableStart | undefined {
  const separator = SEPARATOR_LINE.exec(text);
  const index = lineOfContent(text, separator?.[0].length ?? 0);
  if (index === undefined) return undefined;
  const delimiter = separator?.[1] ?? likelyDelimiter(text.slice(index, index + HEADER_LENGTH));
  return { delimiter, index, line: text.slice(0, index).split('\n').length };
}

/** Index of the first line with a text in a cell. */
function lineOfContent(text: string, from: number): number | undefined {
  const offset = text.slice(from).search(/[^\s,;|"\p{Cf}]/u);
  return offset < 0 ? undefined : Math.max(from, text.lastIndexOf('\n', from + offset) + 1);
}

/** The one that shows the most columns that we know. */
function likelyDelimiter(header: string): string {
  const known = DELIMITERS.map((delimiter) => ({ delimiter, count: knownColumns(header, delimiter) }));
  return known.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function knownColumns(header: string, delimiter: string): number {
  try {
    const [cells = []] = parse(withoutFormulas(header, delimiter), {
      delimiter,
      to: 1,
      trim: true,
      record_delimiter: '\n',
    });
    return new Set(cells.map(fieldOfColumn).filter((field) => field !== undefined)).size;
  } catch {
    // Quotes stand beside another delimiter.
    return 0;
  }
}
