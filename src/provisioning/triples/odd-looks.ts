import type { TripleField } from './columns.js';
import type { ProblemList } from './file-refused.js';
import { KEPT_DIGITS } from './spreadsheet-damage.js';
import type { Findings, TripleRow } from './triple-rows.js';
import { SHORTEST_SECRET } from './value-faults.js';

/** Digits in a name that make it an identifier, such as an IMEI, and not a count. */
const IDENTIFIER = 10;

/** Zeros where a spreadsheet puts zeros, in all rows together, that are no chance any more. */
const SUSPICIOUS_ZEROS = 3;

/** The same of binary digits. */
const SUSPICIOUS_BITS = 10;

/** A device name has 32 digits at most. */
const MOST_BITS = 107;

const CUT = 'was it cut short? Download the file again';

/** Where the file ends. */
interface FileEnd {
  /** The line of the last device, if there is no line end behind it. */
  readonly openLine: number | undefined;
  /** What stands last in a line. */
  readonly lastField: TripleField | undefined;
}

/** What only looks odd: values that can be right, and mostly are not. */
export function findOddLooks(rows: readonly TripleRow[], warnings: ProblemList): void {
  oddSecrets(rows, warnings);
  lostDigits(rows, warnings);
  oddProducts(rows, warnings);
}

/** Adds a problem if the last line stops in the middle of its value, or a warning if it may. */
export function findCutEnd(
  rows: readonly TripleRow[],
  { openLine, lastField }: FileEnd,
  { problems, warnings }: Findings,
): void {
  const last = rows.at(-1);
  const others = rows.slice(0, -1);
  if (last === undefined || last.line !== openLine || lastField === undefined || others.length < 2) return;
  const value = last.triple[lastField];
  const [usual = 0, other] = new Set(others.map(({ triple }) => triple[lastField].length));
  if (other !== undefined || value.length >= usual) return;
  const text = `the file stops behind ${value.length} of ${usual} characters of its last value: download it again`;
  const surely =
    lastField === 'deviceSecret' || others.some(({ triple }) => triple[lastField].startsWith(value));
  (surely && lastField !== 'deviceName' ? problems : warnings).add({ line: last.line, text });
}

function oddSecrets(rows: readonly TripleRow[], warnings: ProblemList): void {
  const column = 'DeviceSecret';
  const usual = mostFrequent(rows.map(({ triple }) => triple.deviceSecret.length));
  for (const { line, triple } of rows) {
    const { deviceSecret } = triple;
    const { length } = deviceSecret;
    if (length !== usual) {
      const text = `it has ${length} characters, most of the others have ${usual}: ${CUT}`;
      warnings.add({ line, column, text });
    } else if (length < SHORTEST_SECRET) {
      warnings.add({ line, column, text: `it has ${length} characters, secrets of the cloud have 32 or 16` });
    }
    if (/[^A-Za-z0-9]/.test(deviceSecret)) {
      const text = 'it has other characters than letters and digits, secrets of the cloud have none';
      warnings.add({ line, column, text });
    } else if (length > 1 && new Set(deviceSecret).size === 1) {
      warnings.add({ line, column, text: 'it is one character again and again' });
    }
  }
}

/** Zeros in front are lost where a name was a number for a while, and digits behind the 15th. */
function lostDigits(rows: readonly TripleRow[], warnings: ProblemList): void {
  const column = 'DeviceName';
  const numbers = rows.filter(({ triple }) => /^\d+$/.test(triple.deviceName));
  const lengths = numbers.map(({ triple }) => triple.deviceName.length);
  if (!lengths.some((length) => length >= IDENTIFIER)) return;
  const usual = mostFrequent(lengths);
  const long = numbers.filter(({ triple }) => triple.deviceName.length > KEPT_DIGITS);
  const rounded = areRounded(long.map(({ triple }) => triple.deviceName));
  for (const { line, triple } of numbers) {
    const { deviceName } = triple;
    if (deviceName.length !== usual) {
      const text = `"${deviceName}" has ${deviceName.length} digits, most of the others have ${usual}: has a spreadsheet taken zeros away?`;
      warnings.add({ line, column, text });
    }
    if (rounded && deviceName.length > KEPT_DIGITS) {
      const text = `"${deviceName}" is rounded, it seems, as all long numbers here: a spreadsheet keeps 15 to 19 digits`;
      warnings.add({ line, column, text });
    }
  }
}

/**
 * Excel puts zeros behind the 15th digit. A number in binary, as of LibreOffice, Gnumeric and scripts, keeps 53 or 64
 * bits: all of them are multiples of a power of two then, though they look like any other.
 */
function areRounded(numbers: readonly string[]): boolean {
  const tails = numbers.map((number) => number.slice(KEPT_DIGITS)).join('');
  if (/^0+$/.test(tails) && tails.length >= SUSPICIOUS_ZEROS) return true;
  const zeros = numbers.map((number) => /0*$/.exec(BigInt(number).toString(2))?.[0].length ?? 0);
  const least = zeros.reduce((fewest, next) => Math.min(fewest, next), MOST_BITS);
  return zeros.length * least >= SUSPICIOUS_BITS;
}

/** Dragging a cell down counts its last digits up; a last line can be cut short. */
function oddProducts(rows: readonly TripleRow[], warnings: ProblemList): void {
  const column = 'ProductKey';
  const lines = new Map<string, number>();
  for (const { line, triple } of rows) {
    if (!lines.has(triple.productKey)) lines.set(triple.productKey, line);
  }
  const keys = [...lines.keys()];
  const first = rows[0]?.line;
  if (rows.length > 2 && keys.length === rows.length && first !== undefined) {
    warnings.add({
      line: first,
      column,
      text: 'every device has a ProductKey of its own: was a cell dragged down?',
    });
  }
  // A key and its beginning: beyond a few products there is another order in the file.
  if (keys.length > 20) return;
  for (const key of keys) {
    const line = lines.get(key);
    const whole = keys.find((other) => other !== key && other.startsWith(key));
    if (whole !== undefined && line !== undefined) {
      warnings.add({
        line,
        column,
        text: `"${key}" is the beginning of "${whole}" in line ${lines.get(whole)}: ${CUT}`,
      });
    }
  }
}

/** The value that comes most often, the first of several; 0 of none. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}
