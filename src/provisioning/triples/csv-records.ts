import { CsvError, parse } from 'csv-parse/sync';
import { fieldOfColumn } from './columns.js';
import type { FileProblem } from './file-refused.js';

/** Where the table begins in a text, and what stands between its columns. */
interface TableStart {
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

export interface CsvRecord {
  /** The line in which it begins, from 1. */
  readonly line: number;
  /** Without the blanks around them, and without the signs that make a text of a number for a spreadsheet. */
  readonly cells: readonly string[];
}

interface CsvRecords {
  /** Without those whose cells are all blank. */
  readonly records: readonly CsvRecord[];
  /** Why what comes behind could not be read. */
  readonly failure: FileProblem | undefined;
}

/** A record longer than this has a quote that was never closed. */
const MAX_RECORD = 64 * 1024;

const FAILURES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'a quote is opened and not closed for very long',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a field',
  CSV_INVALID_CLOSING_QUOTE: 'a text follows a closing quote',
};

/** Reads a CSV of RFC 4180 whose lines end with LF, the first of them being line `line`; `limit` records at most. */
export function readCsv(text: string, delimiter: string, line: number, limit: number): CsvRecords {
  const records: CsvRecord[] = [];
  // Line in which the next record begins, blank lines aside.
  let next = line;
  const keep = (cells: string[], { lines }: { readonly lines: number }) => {
    const end = line + lines - 1;
    const first = end - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    next = end + 1;
    const trimmed = cells.map(bareText);
    if (trimmed.some((cell) => cell !== '')) records.push({ line: first, cells: trimmed });
    return null;
  };
  try {
    parse(withoutFormulas(text, delimiter), {
      ...{ delimiter, record_delimiter: '\n', to: limit, max_record_size: MAX_RECORD },
      // Blanks are cut off above: here those of a quoted cell may hold line ends, which count.
      ...{ trim: true, relax_column_count: true, skip_empty_lines: true, on_record: keep },
    });
    return { records, failure: undefined };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const what = FAILURES[error.code] ?? `this is no CSV (${error.code})`;
    return {
      records,
      failure: { line: lineOfText(text, line, next), text: `${what}; the rest was not read` },
    };
  }
}

/** `="861"` unquoted, as many programs write a number that is to stay a text: not RFC 4180, so a quoted field is made of it. */
function withoutFormulas(text: string, delimiter: string): string {
  const between = delimiter === '|' ? '\\|' : delimiter;
  const formula = new RegExp(
    `(^|[${between}\n])([^\\S\n${between}]*)="([^"\n]+)"(?=[^\\S\n${between}]*(?:[${between}\n]|$))`,
    'g',
  );
  return text.replace(
    formula,
    (_whole, before: string, blanks: string, value: string) => `${before}${blanks}"${value}"`,
  );
}

/** Without blanks around it, `="…"`, and the apostrophe that tells a spreadsheet to leave a text alone. */
function bareText(cell: string): string {
  const text = cell.trim();
  const [, formula] = /^="([^"]*)"$/.exec(text) ?? [];
  if (formula !== undefined) return formula.trim();
  const [, quoted, marked] = /^'(?:(.*)'|(.*))$/s.exec(text) ?? [];
  return (quoted ?? marked ?? text).trim();
}

/** The first line from `from` on that is not blank. */
function lineOfText(text: string, line: number, from: number): number {
  const lines = text.split('\n');
  const offset = lines.slice(from - line).findIndex((content) => content.trim() !== '');
  return offset < 0 ? from : from + offset;
}
