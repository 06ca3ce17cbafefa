import { portName } from '../../../../provisioning/station/station-port.js';
import type { PortStatus, UnitOutcome, UnitResult } from '../../../../provisioning/station/station-types.js';
import { clipText, fitEnd, fitText, printable, textWidth, wrapText } from '../../../../util/text-width.js';
import { clockText, NOTHING, OUTCOME_WORDS, PHASE_WORDS } from '../view.js';
import { type Line, type Span, type Style, span } from './line.js';

/** How a result looks. */
export const OUTCOME_STYLES: Readonly<Record<UnitOutcome, Style>> = {
  passed: 'good',
  already: 'known',
  checked: 'known',
  failed: 'bad',
};

/** The state of a port in words, and how it looks. */
export function stateOf({ phase, result }: PortStatus): { readonly word: string; readonly style: Style } {
  if (result !== undefined)
    return { word: OUTCOME_WORDS[result.outcome], style: OUTCOME_STYLES[result.outcome] };
  return { word: PHASE_WORDS[phase], style: phase === 'waiting' ? 'faint' : 'busy' };
}

/** How long the module at the port has been worked on, as a clock shows it. */
export function timeOf({ since, result }: PortStatus, now: number): string {
  if (result !== undefined) return clockText(result.elapsed);
  return since === undefined ? NOTHING : clockText(now - since);
}

/** What else there is to know of a port that has not failed: what to do next, or why it waits. */
export function remarkOf({ result, tries, note = '' }: PortStatus): string {
  if (result !== undefined) return result.action;
  const parts = [...(tries > 1 ? [`try ${tries}`] : []), ...(note === '' ? [] : [note])];
  return parts.join(': ');
}

/** Whether nobody needs to look at the port: no module there. */
export function isIdle({ phase, result }: PortStatus): boolean {
  return phase === 'waiting' && result === undefined;
}

/** Whether the module at the port is done, and was no failure. */
export function isDoneWell({ result }: PortStatus): boolean {
  return result !== undefined && result.outcome !== 'failed';
}

/** Widths of the columns that depend on what is in them and on the screen; 0 for one that has no room. */
interface RowColumns {
  readonly port: number;
  readonly time: number;
  readonly imei: number;
  readonly deviceName: number;
}

/** A path under /dev/serial/by-id can be longer than a screen is wide; its end tells it from others. */
const MAX_PORT_WIDTH = 32;

const MIN_PORT_WIDTH = 12;

/** The longest word of a state, and a space on each side. */
const STATE_WIDTH = 14;

const TIME_WIDTH = 7;

const IMEI_WIDTH = 15;

const MIN_NAME_WIDTH = 11;

/** The longest code of a failure. */
const REMARK_WIDTH = 24;

const GAP = '  ';

const INDENT = '    ';

/** Lines for a reason, and as many for what to do about it. */
const MAX_LINES = 2;

/**
 * Port, state and what is remarkable come first: on a narrow screen the other columns go, and paths and URLs get
 * shorter. The names of slots stay whole.
 */
export function rowColumns(statuses: readonly PortStatus[], width: number): RowColumns {
  const ports = statuses.map((status) => textWidth(printable(portName(status))));
  const slots = statuses.map(({ slot = '' }) => textWidth(slot));
  const least = Math.max(MIN_PORT_WIDTH, ...slots);
  const names = statuses.map(({ deviceName = '' }) => textWidth(printable(deviceName)));
  const columns = {
    port: Math.min(MAX_PORT_WIDTH, Math.max(4, ...ports)),
    time: TIME_WIDTH,
    imei: IMEI_WIDTH,
    deviceName: Math.max(MIN_NAME_WIDTH, ...names),
  };
  const spare = () => {
    const wide = [columns.time, columns.imei, columns.deviceName].filter((column) => column > 0);
    return (
      width - [columns.port, STATE_WIDTH, ...wide, REMARK_WIDTH].reduce((sum, one) => sum + one + GAP.length)
    );
  };
  const narrow = () => {
    columns.port = Math.max(Math.min(columns.port, least), Math.min(columns.port, columns.port + spare()));
  };
  for (const column of ['deviceName', 'time'] as const) if (spare() < 0) columns[column] = 0;
  if (spare() < 0) narrow();
  if (spare() < 0) columns.imei = 0;
  return columns;
}

/** The titles of the columns. */
export function rowTitles(columns: RowColumns): Line {
  const cells = [
    fitText('port', columns.port),
    fitText('state', STATE_WIDTH),
    ...shown(columns, { time: 'time', imei: 'IMEI', deviceName: 'device name' }),
  ];
  return [span(cells.join(GAP), 'faint')];
}

/** The row of a port. */
export function portRow(status: PortStatus, columns: RowColumns, now: number): Line {
  const { imei = NOTHING, deviceName = NOTHING, result } = status;
  const remark = result?.reason === undefined ? remarkOf(status) : result.reason.code;
  const time = timeOf(status, now);
  const cells = [...shown(columns, { time, imei, deviceName }), remark];
  return [
    span(fitEnd(printable(portName(status)), columns.port)),
    span(GAP),
    ...badge(status),
    span(GAP + cells.join(GAP)),
  ];
}

type Optional = Exclude<keyof RowColumns, 'port'>;

/** The cells that have room. */
function shown(columns: RowColumns, cells: Readonly<Record<Optional, string>>): string[] {
  const names = (Object.keys(cells) as Optional[]).filter((name) => columns[name] > 0);
  return names.map((name) => fitText(printable(cells[name]), columns[name]));
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
