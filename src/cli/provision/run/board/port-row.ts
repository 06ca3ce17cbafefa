import type { PortStatus, UnitResult } from '../../../../provisioning/station/station-types.js';
import { type Line, type Span, span } from './line.js';
import { NOTHING, remarkOf, stateOf, timeOf } from './port-state.js';
import { clipText, fitText, printable, textWidth, wrapText } from './text-width.js';

/** Widths of the columns that depend on what is in them. */
export interface RowColumns {
  readonly port: number;
  readonly deviceName: number;
}

/** A path under /dev/serial/by-id can be longer than a screen is wide. */
const MAX_PORT_WIDTH = 32;
/** The longest word of a state, and a space on each side. */
const STATE_WIDTH = 14;
const TIME_WIDTH = 7;
const IMEI_WIDTH = 15;
const MIN_NAME_WIDTH = 11;
const GAP = '  ';
const INDENT = '    ';
/** Lines for a reason, and as many for what to do about it. */
const MAX_LINES = 2;

export function rowColumns(statuses: readonly PortStatus[]): RowColumns {
  const ports = statuses.map(({ port }) => textWidth(printable(port)));
  const names = statuses.map(({ deviceName = '' }) => textWidth(printable(deviceName)));
  return {
    port: Math.min(MAX_PORT_WIDTH, Math.max(4, ...ports)),
    deviceName: Math.max(MIN_NAME_WIDTH, ...names),
  };
}

/** The titles of the columns. */
export function rowTitles(columns: RowColumns): Line {
  const cells = [
    fitText('port', columns.port),
    fitText('state', STATE_WIDTH),
    fitText('time', TIME_WIDTH),
    fitText('IMEI', IMEI_WIDTH),
    fitText('device name', columns.deviceName),
  ];
  return [span(cells.join(GAP), 'faint')];
}

/** The row of a port. */
export function portRow(status: PortStatus, columns: RowColumns, now: number): Line {
  const { imei = NOTHING, deviceName = NOTHING, result } = status;
  const remark = result?.reason === undefined ? remarkOf(status) : result.reason.code;
  const cells = [
    fitText(timeOf(status, now), TIME_WIDTH),
    fitText(printable(imei), IMEI_WIDTH),
    fitText(printable(deviceName), columns.deviceName),
    remark,
  ];
  return [
    span(fitText(printable(status.port), columns.port)),
    span(GAP),
    ...badge(status),
    span(GAP + cells.join(GAP)),
  ];
}

/** Why a unit failed, and what to do: the lines under its row. */
export function failureLines({ reason, action }: UnitResult, width: number): Line[] {
  const room = width - INDENT.length - 2;
  const why = reason === undefined ? [] : bounded(reason.message, room);
  const what = bounded(action, room);
  return [
    ...why.map((text): Line => [span(INDENT + text)]),
    ...what.map((text, index): Line => [span(INDENT + (index === 0 ? '> ' : '  ') + text, 'strong')]),
  ];
}

/** The text in at most `MAX_LINES` lines. */
export function bounded(text: string, width: number): string[] {
  const lines = wrapText(printable(text), width);
  if (lines.length <= MAX_LINES) return lines;
  const rest = lines.slice(MAX_LINES - 1).join(' ');
  return [...lines.slice(0, MAX_LINES - 1), clipText(rest, width)];
}

function badge(status: PortStatus): Span[] {
  const { word, style } = stateOf(status);
  const text = status.result === undefined ? word : `  ${word}  `;
  return [span(text, style), span(' '.repeat(Math.max(0, STATE_WIDTH - textWidth(text))))];
}
