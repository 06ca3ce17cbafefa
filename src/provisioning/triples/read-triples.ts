import { open } from 'node:fs/promises';
import { checkProductKey } from '../../cloud/aliyun/triple.js';
import type { TripleField } from './columns.js';
import { findTable, readCsv } from './csv-records.js';
import { decodeText, type FileEncoding, otherFileKind } from './encoding.js';
import { type FileProblem, FileRefusedError, ProblemList } from './file-refused.js';
import { findCutEnd, findOddLooks } from './odd-looks.js';
import { type Header, readHeader, readRows, type TripleRow } from './triple-rows.js';

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

/** Longest file, in bytes. */
const MAX_FILE = 64 * 1024 * 1024;

/** Reads a file, or the bytes of one, as `parseTriples`; rejects with what that throws, and for a file that is too long. */
export async function readTriples(
  file: string | Uint8Array,
  options: ParseTriplesOptions = {},
): Promise<TripleFile> {
  const { source = typeof file === 'string' ? file : undefined } = options;
  const bytes = typeof file === 'string' ? await readFile(file, source ?? file) : file;
  if (bytes.length > MAX_FILE) {
    const text = `it is longer than ${MAX_FILE / 1024 / 1024} MB: divide it`;
    throw new FileRefusedError(source ?? 'the file', [{ text }]);
  }
  return parseTriples(bytes, { ...options, source });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** At most one byte more than a file may have: a pipe, or a device, could go on for ever. */
async function readFile(path: string, source: string): Promise<Buffer> {
  try {
    const handle = await open(path);
    const chunks: Buffer[] = [];
    // Closes the file behind it.
    for await (const chunk of handle.createReadStream({ end: MAX_FILE })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new FileRefusedError(source, [{ text: REASONS[code] ?? message }]);
  }
}

/** Most devices in a file. */
const MAX_ROWS = 200_000;

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
