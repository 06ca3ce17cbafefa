import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { localIso, strftime, strftimeLetters, unixTime } from '../local-time.js';
import { jsonPayload, messageRecord, type Received } from '../output.js';
import type { PrintOptions } from './command.js';

const jsonLine: Formatter = (message) => Buffer.from(`${JSON.stringify(messageRecord(message))}\n`);

/** How the options want messages printed. Throws `INVALID_ARGUMENT`. */
export function formatterFor({ json = false, format, verbose = false, eol }: PrintOptions): Formatter {
  if (json && format !== undefined) {
    throw new ModemError('INVALID_ARGUMENT', '-F and --json exclude each other');
  }
  // One object a line: here the line end is no matter of taste.
  if (json) return jsonLine;
  return parseFormat((format ?? (verbose ? '%t %p' : '%p')) + (eol ? '\\n' : ''));
}

/** Turns a message into the bytes that are printed. */
export type Formatter = (message: Received) => Buffer;

/** The AT interface tells neither QoS nor retain flag of a downlink: lmqtt.md 6. */
const NOT_TOLD = '-';

const CONVERSIONS: Readonly<Record<string, (message: Received) => string | Buffer>> = {
  '%': () => '%',
  t: ({ topic }) => topic,
  p: ({ payload }) => payload,
  x: ({ payload }) => payload.toString('hex'),
  X: ({ payload }) => payload.toString('hex').toUpperCase(),
  l: ({ payload }) => String(payload.length),
  m: ({ messageId }) => String(messageId),
  q: () => NOT_TOLD,
  r: () => NOT_TOLD,
  I: ({ time }) => localIso(time),
  U: ({ time }) => unixTime(time),
  j: (message) => JSON.stringify({ ...header(message), ...jsonPayload(message.payload) }),
  J: (message) => JSON.stringify({ ...header(message), ...parsedPayload(message.payload) }),
};

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  '0': '\0',
  a: '\x07',
  e: '\x1b',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What the flags, the width and the largest width of mosquitto_sub apply to: its manual, "Flag characters". */
const PADDED = 'Ilmptx';
const ZERO_PADDED = 'lmx';
const CUT = 'It';

/** `%`, flags, width and largest width with a letter; `@` or `\\` with a letter; a sign without one; other text. */
const PART = /%(?:-?0?\d*(?:\.\d*)?)?.?|[@\\].?|[^%@\\]+/gsu;
const CONVERSION = /^%(-?)(0?)(\d*)(?:\.(\d*))?(.?)$/su;

/** Columns that a field may have at the most. */
const MAX_WIDTH = 10_000;

/** Parses a format of mosquitto_sub. Throws an `ArgumentError` for a conversion or an escape that is not known. */
export function parseFormat(format: string): Formatter {
  const parts = (format.match(PART) ?? []).map(parsePart);
  return (message) => Buffer.concat(parts.map((part) => bytesOf(part(message))));
}

function parsePart(part: string): (message: Received) => string | Buffer {
  const letter = part.slice(1);
  if (part.startsWith('%')) return parseConversion(part);
  if (part.startsWith('@')) return parseTime(letter, part);
  const text = part.startsWith('\\') ? known(ESCAPES, letter, part) : part;
  return () => text;
}

function parseConversion(part: string): (message: Received) => string | Buffer {
  const [, left, zero, width = '', limit = '', letter = ''] = CONVERSION.exec(part) ?? [];
  const value = known(CONVERSIONS, letter, part);
  const name = letter.replace('X', 'x');
  if (!PADDED.includes(name)) return value;
  const [least, most] = [columns(width, part), columns(limit, part)];
  const fill = zero !== '' && left === '' && ZERO_PADDED.includes(name) ? '0' : ' ';
  return (message) => {
    const whole = bytesOf(value(message));
    const bytes = most > 0 && CUT.includes(name) ? firstCharacters(whole, most) : whole;
    const missing = least - (name === 'p' ? bytes.length : [...bytes.toString()].length);
    if (missing <= 0) return bytes;
    const padding = Buffer.alloc(missing, fill);
    return Buffer.concat(left === '' ? [padding, bytes] : [bytes, padding]);
  };
}

function columns(digits: string, part: string): number {
  const value = Number(digits);
  if (value <= MAX_WIDTH) return value;
  throw new ArgumentError('format', JSON.stringify(part), `a width of at most ${MAX_WIDTH}`);
}

function firstCharacters(bytes: Buffer, count: number): Buffer {
  return Buffer.from([...bytes.toString()].slice(0, count).join(''));
}

/** strftime(3), of which one letter is taken, as mosquitto_sub does. */
function parseTime(letter: string, part: string): (message: Received) => string {
  if (letter === '@') return () => '@';
  const conversion = strftime(letter);
  if (conversion !== undefined) return ({ time }) => conversion(time);
  throw new ArgumentError('format', JSON.stringify(part), `@@ or @ and one of ${strftimeLetters()}`);
}

function known<T>(table: Readonly<Record<string, T>>, letter: string, part: string): T {
  const value = Object.hasOwn(table, letter) ? table[letter] : undefined;
  if (value !== undefined) return value;
  const sign = part[0];
  const list = Object.keys(table).map((name) => sign + name);
  throw new ArgumentError('format', JSON.stringify(part), `one of ${list.join(' ')}`);
}

/** The names of mosquitto_sub, without what is not told. */
function header({ time, topic, messageId, payload }: Received): object {
  return { tst: localIso(time), topic, mid: messageId, payloadlen: payload.length };
}

/** A payload that is no JSON is given as `%j` does. */
function parsedPayload(payload: Buffer): object {
  try {
    return { payload: JSON.parse(payload.toString()) as unknown };
  } catch {
    return jsonPayload(payload);
  }
}

function bytesOf(part: string | Buffer): Buffer {
  return typeof part === 'string' ? Buffer.from(part) : part;
}
