import { ArgumentError } from '../../errors/kinds.js';
import { jsonPayload, type Received } from '../json-message.js';
import { localIso, unixTime } from './local-time.js';

/** Turns a message into the bytes that are printed. */
export type Formatter = (message: Received) => Buffer;

/** The AT interface tells neither QoS nor retain flag of a downlink: dialect section 6. */
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

/** Parses a format of mosquitto_sub. Throws an `ArgumentError` for a conversion or an escape that is not known. */
export function parseFormat(format: string): Formatter {
  const parts = (format.match(/[%\\].?|[^%\\]+/gsu) ?? []).map(parsePart);
  return (message) => Buffer.concat(parts.map((part) => bytesOf(part(message))));
}

function parsePart(part: string): (message: Received) => string | Buffer {
  const [sign, letter = ''] = [part[0], part.slice(1)];
  if (sign === '%') return known(CONVERSIONS, letter, part);
  const text = sign === '\\' ? known(ESCAPES, letter, part) : part;
  return () => text;
}

function known<T>(table: Readonly<Record<string, T>>, letter: string, part: string): T {
  const value = table[letter];
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
