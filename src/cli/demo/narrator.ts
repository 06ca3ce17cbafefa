import { isFiller } from '../../at/filler.js';
import type { TraceEntry } from '../../transport/trace.js';
import { escapeBytes, foldBytes } from '../../util/escape.js';
import type { Output } from '../output.js';
import { painter } from '../terminal.js';

/** Bytes that are no filler yet: others may write an ESC. */
const LINE = 64;

/** Characters of AT traffic shown in one line. */
const WIDTH = 96;

/** Tells what happens: explanations, AT traffic and results. */
export interface Narrator {
  step(text: string): void;
  traffic(entry: TraceEntry): void;
  result(text: string): void;
}

const FORMATS = { step: 'bold', sent: 'cyan', received: 'green', result: 'yellow' } as const;

/** For people, with colours where they are wanted. */
export function textNarrator(output: Output): Narrator {
  const paint = painter(FORMATS, process.stdout);
  let filled = '';
  return {
    step: (text) => void output.line(`\n${paint('step', text)}`),
    traffic: (entry) => {
      const sent = entry.direction === '>';
      const filler = fillerWords(entry);
      // It comes in several parts.
      if (filler !== undefined && filler === filled) return;
      filled = filler ?? '';
      const text = filler ?? trafficText(entry, foldBytes);
      if (text === '') return;
      void output.line(
        `  ${paint(sent ? 'sent' : 'received', `TE ${sent ? '→' : '←'} TA  ${shorten(text)}`)}`,
      );
    },
    result: (text) => void output.line(`  ${paint('result', text)}`),
  };
}

/** For programs; `from` is TE (the host) or TA (the module). */
export function jsonNarrator(output: Output): Narrator {
  return {
    step: (step) => void output.json({ step }),
    traffic: (entry) => {
      const text = trafficText(entry, escapeBytes);
      if (text !== '') void output.json({ from: entry.direction === '>' ? 'TE' : 'TA', text });
    },
    result: (result) => void output.json({ result }),
  };
}

/** Of what fills a payload up, and of its echo; undefined for anything else. */
function fillerWords({ direction, bytes }: TraceEntry): string | undefined {
  if (bytes.length < LINE || !isFiller(bytes.toString('latin1'))) return undefined;
  return direction === '>' ? '(ESC and CR, in case the module waits for a payload)' : '(their echo)';
}

/** The bytes as one readable line, without the line ends around them. */
function trafficText({ bytes }: TraceEntry, printable: (text: string) => string): string {
  return printable(bytes.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, ''));
}

function shorten(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}
