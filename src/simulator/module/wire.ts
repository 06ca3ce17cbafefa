import type { Line } from '../../at/line.js';
import { CME_ERRORS } from '../../at/result-codes.js';
import type { Refusal } from './behaviours/behaviour.js';

/** lmqtt.md 1 [M]: CR LF `text` CR LF. */
const LINE_END = Buffer.from('\r\n');

/** lmqtt.md 5 [M]: no line end behind it. */
export const PROMPT = Buffer.from('\r\n> ');

/** A line as its bytes. */
export function lineBytes({ text, payload = Buffer.alloc(0) }: Line): Buffer {
  return Buffer.concat([LINE_END, Buffer.from(text, 'latin1'), payload, LINE_END]);
}

/** A command line as the echo repeats it, up to and with the CR [T]. */
export function echoBytes(line: string): Buffer {
  return Buffer.from(`${line}\r`, 'latin1');
}

/** The final result code of a refusal; `mode` as set by `AT+CMEE`: TS 27.007 9.1. */
export function refusalText(refusal: Refusal, mode: 0 | 1 | 2): string {
  if (refusal === 'ERROR' || mode === 0) return 'ERROR';
  return `+CME ERROR: ${mode === 2 ? (CME_ERRORS.get(refusal) ?? refusal) : refusal}`;
}
