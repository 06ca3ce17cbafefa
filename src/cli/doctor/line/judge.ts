import { Digester } from '../../../at/digester.js';
import { parseFinalResult } from '../../../at/result-codes.js';

/** What a line can be that `AT` was written to. */
export type Answer =
  /** A final result code. */
  | 'answered'
  | 'silent'
  /** Nothing but what was written comes back: no module there, the wires end in each other. */
  | 'loopback'
  /** The prompt of data mode: the module takes what is written for a payload. */
  | 'prompt'
  /** Result codes are numbers: `ATV0`, V.250 6.2.6. */
  | 'numeric'
  /** Bytes that are no text, as at a wrong rate. */
  | 'garbage'
  /** NMEA 0183: positions. */
  | 'positions'
  /** A computer asks for a user. */
  | 'login'
  /** Text, but no answer. */
  | 'text';

/** lmqtt.md 5: no line end follows it. */
const PROMPT = /(?:^|[\r\n])> $/;

const POSITIONS = /\$(?:G[PNLABQI]|BD)[A-Z]{3},/;
const LOGIN = /(?:login|password): ?$/i;

/** Share of bytes that are no text from which on it is a wrong rate rather than a few garbled ones. */
const GARBAGE_SHARE = 0.25;

/** What `received` (latin1) says of a line that `sent`, `AT` with its line end, was written to once or more. */
export function judgeAnswer(sent: string, received: string): Answer {
  if (received === '') return 'silent';
  if (linesOf(received).some((line) => parseFinalResult(line) !== undefined)) return 'answered';
  if (isCopy(sent, received)) return 'loopback';
  if (PROMPT.test(received)) return 'prompt';
  if (POSITIONS.test(received)) return 'positions';
  if (LOGIN.test(received.trimEnd())) return 'login';
  if (/^(?:AT\r+\n?)*[04]\r\n?$/.test(received)) return 'numeric';
  return garbageShare(received) >= GARBAGE_SHARE ? 'garbage' : 'text';
}

/** Whether the module repeats command lines, by its answer to `AT`; `garbled` if it repeats something else. */
export function judgeEcho(received: string): 'on' | 'off' | 'garbled' {
  const [before = ''] = received.split(/\r?\n?(?:OK|ERROR)[\r\n]/);
  // What came unasked is no echo, and a filler can stand in front of it.
  const text = before
    .replace(/(?:^|[\r\n])[+^][A-Z]{2,}[A-Z0-9_ ]*:[^\r\n]*(?=[\r\n]|$)/g, '')
    .replace(/[\r\n\x1b]/g, '');
  if (text === '') return 'off';
  return /^(?:AT)+$/.test(text) ? 'on' : 'garbled';
}

/** As the driver reads them. */
function linesOf(received: string): string[] {
  const lines: string[] = [];
  const ignore = (): void => {};
  const digester = new Digester({ line: ({ text }) => lines.push(text), prompt: ignore, dropped: ignore });
  digester.push(Buffer.from(received, 'latin1'));
  digester.settle();
  return lines;
}

/** How the module ends its lines, by the last one of its answer to `AT`. */
export function lineEnds(received: string): 'CR LF' | 'LF' | 'CR' {
  if (!received.endsWith('\n')) return 'CR';
  return received.endsWith('\r\n') ? 'CR LF' : 'LF';
}

/** Also if the last copy is still on its way. */
function isCopy(sent: string, received: string): boolean {
  const copies = Math.ceil(received.length / sent.length);
  return received.length >= sent.length && sent.repeat(copies).startsWith(received);
}

function garbageShare(text: string): number {
  const strange = text.replace(/[\r\n\t\x20-\x7e]/g, '').length;
  return strange / text.length;
}
