import { checkProductKey } from '../../cloud/aliyun/triple.js';
import type { TripleField } from './columns.js';
import { readCsv } from './csv-records.js';
import { decodeText, type FileEncoding } from './encoding.js';
import { otherFileKind } from './file-kind.js';
import { type FileProblem, FileRefusedError, ProblemList } from './file-refused.js';
import { type Header, readHeader } from './header.js';
import { findCutEnd, findOddLooks } from './odd-looks.js';
import { findTable } from './table-start.js';
import { readRows, type TripleRow } from './triple-rows.js';

/** Most devices in a file. */
export const MAX_ROWS = 200_000;

export interface ParseTriplesOptions {
  /** Of all devices; a file without such a column needs it, and one that has it must agree. */
  readonly productKey?: string | undefined;
  /** What the file is called in sentences, default `the file`. */
  readonly source?: string | undefined;
}

/** The devices of a file, and how it was read. */
export interface TripleFile {
  readonly rows: readonly TripleRow[];
  readonly encoding: FileEncoding;
  /** What stands between two fields. */
  readonly delimiter: string;
  /** Names of columns that were not read, e.g. `ProductSecret`. */
  readonly ignoredColumns: readonly string[];
  /** Each once, in the order of the file. */
  readonly productKeys: readonly string[];
  /** What only looks odd, e.g. a secret that is shorter than the others: a person should look at it. */
  readonly warnings: { readonly shown: readonly FileProblem[]; readonly count: number };
}

/**
 * Reads a file of triples as factories get them: a CSV with a header, see `COLUMN_NAMES`. All or nothing: throws a
 * `FileRefusedError` that lists what is wrong, and an `ArgumentError` for an option. Neither shows a value of the file.
 */
export function parseTriples(bytes: Uint8Array, options: ParseTriplesOptions = {}): TripleFile {
  const { productKey, source = 'the file' } = options;
  if (productKey !== undefined) checkProductKey(productKey);
  const { text, encoding } = textOf(bytes, source);
  const lines = text.replace(/\r\n?/g, '\n');
  const start = findTable(lines);
  if (start === undefined) throw new FileRefusedError(source, [{ text: 'there is nothing in it' }]);
  const { delimiter, index, line } = start;
  const { records, failure } = readCsv(lines.slice(index), delimiter, line, MAX_ROWS + 2);
  const problems = new ProblemList(source);
  const [first, ...others] = records;
  if (first === undefined) {
    throw new FileRefusedError(source, [failure ?? { text: 'there is nothing in it' }]);
  }
  const header = readHeader(first, { productKey: productKey === undefined });
  if ('text' in header) throw new FileRefusedError(source, [header]);
  const warnings = new ProblemList(source);
  const findings = { problems, warnings };
  const rows = readRows(others, header, productKey, findings);
  // A line end may be missing behind a file that is whole.
  const openLine = lines.endsWith('\n') ? undefined : others.at(-1)?.line;
  if (failure === undefined) findCutEnd(rows, { openLine, lastField: lastFieldOf(header) }, findings);
  if (failure !== undefined) problems.add(failure);
  else if (others.length === 0) problems.add({ text: 'it has a header, and no device below it' });
  if (others.length > MAX_ROWS) problems.add({ text: `it has more than ${MAX_ROWS} devices: divide it` });
  problems.throwIfAny();
  findOddLooks(rows, warnings);
  const { shown, count } = warnings;
  const productKeys = [...new Set(rows.map(({ triple }) => triple.productKey))];
  return {
    rows,
    encoding,
    delimiter,
    ignoredColumns: header.ignored,
    productKeys,
    warnings: { shown, count },
  };
}

/** What the last column holds, if it is read. */
function lastFieldOf({ columns, width }: Header): TripleField | undefined {
  const fields: readonly TripleField[] = ['deviceName', 'deviceSecret', 'productKey'];
  return fields.find((field) => columns[field] === width - 1);
}

function textOf(bytes: Uint8Array, source: string): ReturnType<typeof decodeText> & object {
  if (bytes.length === 0) throw new FileRefusedError(source, [{ text: 'it is empty' }]);
  const kind = otherFileKind(bytes);
  if (kind !== undefined) {
    throw new FileRefusedError(source, [{ text: `it is ${kind}: a CSV is needed (in Excel: CSV UTF-8)` }]);
  }
  const decoded = decodeText(bytes);
  if (decoded !== undefined) return decoded;
  const text = 'it is no text in UTF-8, UTF-16 with a mark, or GB18030: save it as CSV UTF-8';
  throw new FileRefusedError(source, [{ text }]);
}
