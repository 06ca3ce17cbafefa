import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | undefined;

/**
 * A table as CSV by RFC 4180, CR LF at the line ends. A cell that begins with `=`, `+`, `-` or `@` gets an apostrophe
 * in front: a spreadsheet would take it for a formula. Numbers stay numbers.
 */
export function csvTable(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    [header, ...rows].map((row) => [...row]),
    { record_delimiter: 'windows', escape_formulas: true },
  );
}
