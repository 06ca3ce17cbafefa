import { maskSecrets } from '../../errors/secrets.js';
import type { TraceHeader } from '../../transport/trace-format.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { escapeBytes, foldBytes } from '../../util/escape.js';
import { harmless, painter } from '../terminal.js';
import type { Moment } from './playback.js';
import { wireText, wordsOf } from './selection.js';

/** Moments and remarks as text, with the line end behind them. */
export interface View {
  moment(moment: Moment): string;
  /** A comment or a header of the file. */
  remark(item: Exclude<TraceItem, { kind: 'entry' }>): string;
}

/** For people. `decode`: what a line means, dim, below it. */
export function textView(decode: boolean): View {
  const paint = painter({ dim: 'dim' }, process.stdout);
  const dim = (text: string) => paint('dim', text);
  return {
    moment: ({ elapsed, port, direction, utterance, mark }) => {
      const time = `+${(elapsed / 1000).toFixed(3)}`.padStart(TIME_WIDTH);
      const where = port === undefined ? '' : `${escapeBytes(Buffer.from(port, 'latin1'))} `;
      const line = `${dim(time)} ${where}${direction} ${wireText(utterance, foldBytes)}\n`;
      const took = mark.roundTrip === undefined ? [] : [`after ${mark.roundTrip.ms.toFixed(0)} ms`];
      const words = [...(wordsOf(utterance) === undefined ? [] : [wordsOf(utterance)]), ...took].join(', ');
      if (!decode || words === '') return line;
      return `${line}${' '.repeat(TIME_WIDTH + where.length + 3)}${dim(harmless(words))}\n`;
    },
    remark: (item) =>
      `${dim(item.kind === 'header' ? headerWords(item.header) : harmless(remarkText(item.text)))}\n`,
  };
}

const TIME_WIDTH = 10;

/** For programs: one object a line. */
export function jsonView(): View {
  return {
    moment: ({ line, at, elapsed, port, direction, utterance, mark }) => {
      const words = wordsOf(utterance);
      return jsonLine({
        line,
        time: new Date(at).toISOString(),
        elapsed: Math.round(elapsed) / 1000,
        ...(port === undefined ? {} : { port }),
        direction,
        kind: utterance.kind,
        text: wireText(utterance),
        ...(words === undefined ? {} : { words }),
        ...(utterance.kind === 'noise' ? { bytes: utterance.bytes } : {}),
        ...(mark.urc ? { urc: true } : {}),
        ...(mark.roundTrip === undefined ? {} : { roundTrip: mark.roundTrip }),
        ...(mark.error === undefined ? {} : { error: mark.error }),
      });
    },
    remark: (item) =>
      jsonLine(item.kind === 'header' ? { header: item.header } : { comment: remarkText(item.text) }),
  };
}

function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Comments are UTF-8, read as latin1. */
function remarkText(text: string): string {
  return maskSecrets(Buffer.from(text, 'latin1').toString());
}

function headerWords({ version, start, program, port, masked }: TraceHeader): string {
  return [
    `# a trace of version ${version}`,
    ...(port === undefined ? [] : [`recorded at ${escapeBytes(Buffer.from(port))}`]),
    ...(start === undefined ? [] : [`from ${new Date(start).toISOString()}`]),
    ...(program === undefined ? [] : [`by atmqtt ${escapeBytes(program)}`]),
    ...(masked === false ? ['with secrets'] : []),
  ].join(', ');
}
