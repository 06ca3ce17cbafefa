import { styleText } from 'node:util';
import type { TraceEntry } from '../../transport/trace.js';
import { escapeBytes, foldBytes } from '../../util/escape.js';
import type { Output } from '../output.js';

/** Characters of AT traffic shown in one line. */
const WIDTH = 96;

/** Tells what happens: explanations, AT traffic and results. */
export interface Narrator {
  step(text: string): void;
  traffic(entry: TraceEntry): void;
  result(text: string): void;
}

/** For people; `styleText` leaves the colours out where they are not wanted. */
export function textNarrator(output: Output): Narrator {
  return {
    step: (text) => void output.line(`\n${styleText('bold', text)}`),
    traffic: (entry) => {
      const text = trafficText(entry, foldBytes);
      if (text === '') return;
      const sent = entry.direction === '>';
      void output.line(
        `  ${styleText(sent ? 'cyan' : 'green', `TE ${sent ? '→' : '←'} TA  ${shorten(text)}`)}`,
      );
    },
    result: (text) => void output.line(`  ${styleText('yellow', text)}`),
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

/** The bytes as one readable line, without the line ends around them. */
function trafficText({ bytes }: TraceEntry, printable: (text: string) => string): string {
  return printable(bytes.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, ''));
}

function shorten(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text;
}
