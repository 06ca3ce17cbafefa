/** The largest payload that any prompt is known to ask for: lmqtt.md 5 [M]. */
export const LARGEST_PAYLOAD = 8_000;

/** ESC is in no text, JSON or XML, so no reader takes a payload that ends in it for whole; it may end a prompt as well. */
const ESC = 0x1b;
const CR = 0x0d;

/** One byte of so many is a CR: outside data mode no line grows long, and V.250 5.2.1 ignores a line without AT. */
const LINE = 64;

/** On top of what is missing, for bytes that get lost on the way: so many, and one for each `SPARE_SHARE`. */
const SPARE = 64;
const SPARE_SHARE = 16;

/** Bytes for a payload that lacks so many at most. Outside data mode they are lines without AT, and change nothing. */
export function filler(missing: number): Buffer {
  const length = missing + SPARE + Math.ceil(missing / SPARE_SHARE);
  const bytes = Buffer.alloc(length, ESC);
  for (let at = LINE - 1; at < length; at += LINE) bytes[at] = CR;
  bytes[length - 1] = CR;
  return bytes;
}

/** Asks a module to leave its prompt [A, lmqtt.md 5]; on one that does not know it, the first bytes of a filler. */
export const LEAVE_PROMPT: Buffer = Buffer.from([ESC, ESC, CR]);

/** Whether the wire text is nothing but filler. */
export function isFiller(text: string): boolean {
  return /^[\x1b\r\n]+$/.test(text);
}
