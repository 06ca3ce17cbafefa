/** Other files that are handed in by mistake, by their first bytes, as latin1. */
const OTHER_FILES: readonly (readonly [start: RegExp, what: string])[] = [
  [/^PK\x03\x04/, 'an Excel workbook (.xlsx) or another ZIP archive'],
  [/^\xd0\xcf\x11\xe0/, 'an old Excel workbook (.xls)'],
  [/^SQLite format 3\0/, 'a database, perhaps a ledger'],
  [/^%PDF-/, 'a PDF'],
  [/^\x1f\x8b/, 'a compressed file (.gz)'],
  [/^\s*[{[]/, 'JSON'],
  [/^\s*</, 'HTML or XML'],
];

/** No header begins later than this. */
const START = 64;

/** What the file is, if it is surely no CSV. */
export function otherFileKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, START))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  return OTHER_FILES.find(([pattern]) => pattern.test(start))?.[1];
}
