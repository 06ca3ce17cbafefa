import { Digester } from '../../../at/digester.js';
import { filler, LARGEST_PAYLOAD } from '../../../at/filler.js';
import { parseFinalResult } from '../../../at/result-codes.js';
import type { LineProbe } from './line-probe.js';

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

/** As the driver writes it: V.250 5.2.1 wants CR, the traces of these modules show CR LF [T]. */
const ATTENTION_LINE = 'AT\r\n';

/** ms from one `AT` to the next: the answer takes about 500 on hardware (lmqtt.md 1 [T]). */
const INTERVAL = 1_000;

/** What `AT` has brought. */
export interface Hearing {
  readonly answer: Answer;
  /** Latin1, of all tries. */
  readonly received: string;
}

/** Answers that more tries do not change. */
const FINAL: readonly Answer[] = ['answered', 'loopback', 'prompt', 'numeric'];

/** Writes `AT` until there is an answer, for `limit` ms; `before` has come already. */
export async function callModule(probe: LineProbe, limit: number, before = ''): Promise<Hearing> {
  const end = performance.now() + limit;
  let received = before;
  for (;;) {
    const left = Math.max(1, end - performance.now());
    const earlier = received;
    received += await probe.ask(ATTENTION_LINE, Math.min(INTERVAL, left), (text) =>
      ['answered', 'numeric'].includes(judgeAnswer(ATTENTION_LINE, earlier + text)),
    );
    const answer = judgeAnswer(ATTENTION_LINE, received);
    if (FINAL.includes(answer) || performance.now() >= end) return { answer, received };
  }
}

/** ms that the answer may take behind the last byte. */
const ANSWER_LIMIT = 500;

const BITS_PER_BYTE = 10;

const FILLER = filler(LARGEST_PAYLOAD).toString('latin1');

/**
 * Leads the module out of data mode before anything is asked: a command line would become a part of the payload that it
 * waits for. If it waited, it answers; else `received` is what somebody else may have said meanwhile, without an echo.
 */
export async function fillUp(
  probe: LineProbe,
  baudRate: number,
): Promise<{ readonly filledUp: boolean; readonly received: string }> {
  const transmission = (FILLER.length * BITS_PER_BYTE * 1_000) / baudRate;
  const isAnswer = (text: string) => judgeAnswer(FILLER, text) === 'answered';
  const received = await probe.ask(FILLER, transmission + ANSWER_LIMIT, isAnswer);
  const filledUp = isAnswer(received);
  return { filledUp, received: filledUp ? '' : received.replace(/\x1b[\x1b\r]*/g, '') };
}

/** The bytes that were written, as people are told. */
export const FILLED = `${FILLER.length} bytes of ESC and CR`;
