import { portName } from '../../../../provisioning/station/station-port.js';
import type { PortStatus } from '../../../../provisioning/station/station-types.js';
import { clipText, printable } from '../../../../util/text-width.js';
import { counted } from '../../../terminal.js';
import { NOTHING } from '../view.js';
import { type Line, type Size, type Span, span } from './line.js';
import {
  bounded,
  failureLines,
  isDoneWell,
  isIdle,
  portRow,
  remarkOf,
  rowColumns,
  rowTitles,
  stateOf,
  timeOf,
} from './port-row.js';

/**
 * The ports in at most `rows` lines, the most telling way that fits: as blocks, as rows, as rows without the idle ones,
 * as rows of what needs somebody, and at last as many rows as there is room for. What is left out is counted.
 */
export function portList(statuses: readonly PortStatus[], { columns, rows }: Size, now: number): Line[] {
  if (statuses.length === 0) return [[span('no ports yet: plug in a module')], []].slice(0, rows);
  if (statuses.length * BLOCK_LINES <= rows) {
    return statuses.flatMap((status) => portBlock(status, columns, now));
  }
  const working = statuses.filter((status) => !isIdle(status));
  const urgent = working.filter((status) => !isDoneWell(status));
  for (const shown of [statuses, working, urgent]) {
    const lines = table(statuses, shown, columns, now);
    if (lines.length <= rows) return lines;
  }
  return shortest(statuses, urgent, { columns, rows }, now);
}

/** Titles, rows with reasons, what was left out, and an empty line. */
function table(
  statuses: readonly PortStatus[],
  shown: readonly PortStatus[],
  width: number,
  now: number,
): Line[] {
  const columns = rowColumns(statuses, width);
  return [
    rowTitles(columns),
    ...shown.flatMap((status) => [
      portRow(status, columns, now),
      ...(status.result?.outcome === 'failed' ? failureLines(status.result, width) : []),
    ]),
    ...leftOut(statuses, shown),
    [],
  ];
}

/** Rows without reasons: those that need somebody first. */
function shortest(
  statuses: readonly PortStatus[],
  urgent: readonly PortStatus[],
  { columns: width, rows }: Size,
  now: number,
): Line[] {
  const columns = rowColumns(statuses, width);
  const failed = urgent.filter(({ result }) => result !== undefined);
  const order = [...failed, ...urgent.filter(({ result }) => result === undefined)];
  const shown = order.slice(0, Math.max(0, rows - 1));
  const lines = [...shown.map((status) => portRow(status, columns, now)), ...leftOut(statuses, shown)];
  return lines.slice(0, rows);
}

/** A line that counts the ports that are not shown, and names those whose modules are to be taken off. */
function leftOut(statuses: readonly PortStatus[], shown: readonly PortStatus[]): Line[] {
  const hidden = statuses.filter((status) => !shown.includes(status));
  if (hidden.length === 0) return [];
  const idle = hidden.filter(isIdle).length;
  const done = hidden.filter(isDoneWell);
  const failed = hidden.filter(({ result }) => result?.outcome === 'failed').length;
  const rest = hidden.length - idle - done.length - failed;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(rest > 0 ? [`${rest} at work`] : []),
    ...(idle > 0 ? [`${idle} waiting`] : []),
    ...(done.length > 0 ? [`${done.length} done, take off ${done.map(nameOf).join(', ')}`] : []),
  ];
  return [[span(`and ${counted(hidden.length, 'port')} more: ${parts.join(', ')}`, 'faint')]];
}

/** The name of the slot, the end of a path, or the whole URL. */
function nameOf({ slot, port }: PortStatus): string {
  if (slot !== undefined) return slot;
  return port.startsWith('/') ? port.slice(port.lastIndexOf('/') + 1) : port;
}

/** Columns of the sign of a port. */
const SIGN_WIDTH = 17;
const GAP = '  ';
/** Lines of the sign of a result. */
const SIGN_LINES = 3;

/** The most lines that a block takes: five of text, and an empty one. */
const BLOCK_LINES = 6;

/** A port where there is room: a sign to be seen from afar, and beside it who, why and what to do. An empty line ends it. */
function portBlock(status: PortStatus, width: number, now: number): Line[] {
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
