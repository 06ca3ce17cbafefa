import { isUtf8 } from 'node:buffer';
import { escapeBytes, foldBytes } from '../../util/escape.js';

/** Bytes of a payload that are shown. */
const MAX_SHOWN = 2048;

/** Bytes of a row of a dump. */
const ROW = 16;

/** Wire text (latin1) as UTF-8 where it is some; with escapes where a control character is in it. */
export function readable(wire: string): string {
  const bytes = Buffer.from(wire, 'latin1');
  const text = bytes.toString('utf8');
  return isUtf8(bytes) && !/\p{Cc}/u.test(text) ? text : escapeBytes(bytes);
}

/** As `readable`, for people: long runs of a byte folded. */
export function folded(wire: string): string {
  const text = foldBytes(wire);
  return text === escapeBytes(wire) ? readable(wire) : text;
}

/** As `folded`, at most 2048 bytes if it is long then. */
export function foldedPayload(wire: string): string {
  const text = folded(wire);
  return text.length > MAX_SHOWN ? readablePayload(wire) : text;
}

/** As `readable`, at most 2048 bytes. */
export function readablePayload(wire: string): string {
  const rest = wire.length - MAX_SHOWN;
  return rest > 0 ? `${readable(wire.slice(0, MAX_SHOWN))}… and ${rest} bytes more` : readable(wire);
}

/** Rows of 16 bytes: `48 65 6c 6c 6f  |Hello|`; of those that are all alike the first, and how many follow. */
export function hexDump(bytes: Buffer): string[] {
  const rows: string[] = [];
  for (let start = 0; start < bytes.length && start < MAX_SHOWN; start += ROW) {
    const row = bytes.subarray(start, start + ROW);
    const pairs = row.toString('hex').replace(/..(?=.)/g, '$& ');
    const text = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    rows.push(`${pairs.padEnd(3 * ROW - 1)}  |${text}|`);
    const same = rowsLike(row, bytes.subarray(start + ROW, MAX_SHOWN));
    if (same < 2) continue;
    rows.push(`… and ${same} such rows more`);
    start += same * ROW;
  }
  if (bytes.length > MAX_SHOWN) rows.push(`… and ${bytes.length - MAX_SHOWN} bytes more`);
  return rows;
}

/** Rows at the beginning of what follows that are like this one. */
function rowsLike(row: Buffer, rest: Buffer): number {
  let count = 0;
  while (row.length === ROW && rest.subarray(count * ROW, (count + 1) * ROW).equals(row)) count += 1;
  return count;
}

/** The bytes that a line typed in hex stands for: `48 65 6c`, or text with `\x00`, `\r`, `\n`, `\t`, `\\`. */
export function typedBytes(text: string, hex: boolean): Buffer {
  if (!hex) return Buffer.from(text);
  const digits = text.replace(/\s+/g, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(digits)) return Buffer.from(digits, 'hex');
  return unescaped(text);
}

/** UTF-8 with its escapes as the bytes they stand for. */
function unescaped(text: string): Buffer {
  const wire = Buffer.from(text).toString('latin1');
  return Buffer.from(
    wire.replace(/\\(?:x([0-9a-f]{2})|([rnt\\]))/gi, (_all, pair?: string, name?: string) =>
      pair === undefined ? (NAMED.get(name ?? '') ?? '') : String.fromCharCode(Number.parseInt(pair, 16)),
    ),
    'latin1',
  );
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['r', '\r'],
  ['n', '\n'],
  ['t', '\t'],
  ['\\', '\\'],
]);
