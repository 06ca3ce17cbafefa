import { portName } from '../../../../provisioning/station/station-port.js';
import type { PortStatus } from '../../../../provisioning/station/station-types.js';
import { clipText, printable } from '../../../../util/text-width.js';
import { type Line, type Span, span } from './line.js';
import { bounded } from './port-row.js';
import { NOTHING, remarkOf, stateOf, timeOf } from './port-state.js';

/** Columns of the sign of a port. */
const SIGN_WIDTH = 17;
const GAP = '  ';
/** Lines of the sign of a result. */
const SIGN_LINES = 3;

/** The most lines that a block takes: five of text, and an empty one. */
export const BLOCK_LINES = 6;

/** A port where there is room: a sign to be seen from afar, and beside it who, why and what to do. An empty line ends it. */
export function portBlock(status: PortStatus, width: number, now: number): Line[] {
  const sign = signOf(status);
  const text = textOf(status, width - SIGN_WIDTH - GAP.length, now);
  const lines: Line[] = [];
  for (let index = 0; index < Math.max(sign.length, text.length); index += 1) {
    lines.push([sign[index] ?? span(' '.repeat(SIGN_WIDTH)), span(GAP), text[index] ?? span('')]);
  }
  return [...lines, []];
}

function textOf(status: PortStatus, width: number, now: number): Span[] {
  const { imei = NOTHING, deviceName = NOTHING, result } = status;
  const who = span([portName(status), timeOf(status, now)].join(GAP), 'strong');
  const ids = span(`IMEI ${imei}${GAP}device name ${deviceName}`);
  if (result?.outcome !== 'failed') return [who, ids, span(clipText(printable(remarkOf(status)), width))];
  const { reason, action } = result;
  const why = reason === undefined ? '' : `${reason.code}: ${reason.message}`;
  const todo = bounded(`> ${action}`, width).slice(0, 1);
  return [who, ids, ...bounded(why, width).map((text) => span(text)), ...todo.map((t) => span(t, 'strong'))];
}

/** Framed with characters that are one column wide everywhere, and without colours can be told from a state. */
function signOf(status: PortStatus): Span[] {
  const { word, style } = stateOf(status);
  if (status.result === undefined) {
    return [span(' '.repeat(SIGN_WIDTH)), span(centred(word, SIGN_WIDTH), style)];
  }
  const edge = span(`+${'-'.repeat(SIGN_WIDTH - 2)}+`, style);
  const middle = span(`|${centred(word.split('').join(' '), SIGN_WIDTH - 2)}|`, style);
  return [edge, ...Array.from({ length: SIGN_LINES - 2 }, () => middle), edge];
}

function centred(text: string, width: number): string {
  return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}
