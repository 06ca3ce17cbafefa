export type FileEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

interface DecodedText {
  /** Without a byte-order mark. */
  readonly text: string;
  readonly encoding: FileEncoding;
}

/** Byte-order marks: Unicode 16, section 23.8, table 23-5. */
const MARKS: readonly (readonly [mark: readonly number[], encoding: FileEncoding])[] = [
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16LE'],
  [[0xfe, 0xff], 'UTF-16BE'],
  [[0x84, 0x31, 0x95, 0x33], 'GB18030'],
];

/**
 * The text of a file, in the encoding of its mark, else in UTF-8, else in GB18030, which a Chinese Windows writes
 * where no other is asked for [A]. Undefined if it is none of them.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const [mark, encoding] = MARKS.find(([start]) => start.every((byte, index) => bytes[index] === byte)) ?? [];
  if (mark !== undefined && encoding !== undefined) return decodeAs(encoding, bytes.subarray(mark.length));
  // UTF-16 without its mark would pass as UTF-8 with a NUL at every second place.
  if (bytes.includes(0)) return undefined;
  return decodeAs('UTF-8', bytes) ?? decodeAs('GB18030', bytes);
}

function decodeAs(encoding: FileEncoding, bytes: Uint8Array): DecodedText | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

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
const START_LENGTH = 64;

/** What the file is, if it is surely no CSV. */
export function otherFileKind(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, START_LENGTH))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  return OTHER_FILES.find(([pattern]) => pattern.test(start))?.[1];
}
