import { CsvError, parse } from 'csv-parse/sync';
import type { FileProblem } from './file-refused.js';

export interface CsvRecord {
  /** The line in which it begins, from 1. */
  readonly line: number;
  /** Without the blanks around them, and without the signs that make a text of a number for a spreadsheet. */
  readonly cells: readonly string[];
}

export interface CsvRecords {
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
export function withoutFormulas(text: string, delimiter: string): string {
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
