import { portName } from '../../../../provisioning/station/station-port.js';
import type { PortStatus, StationTotals } from '../../../../provisioning/station/station-types.js';
import { counted, timeOfDay } from '../../../terminal.js';
import type { Recent } from '../follow.js';
import { clockText, NOTHING, OUTCOME_WORDS, STOPPING, secondsText } from '../view.js';
import { type Line, lineText, type Paint, type Size, type Span, span } from './line.js';
import { portList } from './port-list.js';
import { OUTCOME_STYLES } from './port-row.js';

/** All that a board shows. */
export interface Picture {
  /** Facts of the run for the first line, e.g. `station line-1`. */
  readonly title: readonly string[];
  readonly statuses: readonly PortStatus[];
  readonly totals: StationTotals;
  /** Modules whose last result is a failure. */
  readonly failedUnits: number;
  /** Passes an hour; undefined while it is too early to tell. */
  readonly rate: number | undefined;
  /** The newest last. */
  readonly recent: readonly Recent[];
  /** Whether the run was asked to end. */
  readonly stopping: boolean;
  /** ms since 1970. */
  readonly now: number;
}

/** Results and notes that are worth a line. */
const MAX_RECENT = 6;

/** Title, an empty line, totals, and how to end. */
const FRAME_LINES = 4;

/** The board as lines for the terminal, at most `rows` of at most `columns`. */
export function screenLines(picture: Picture, { columns, rows }: Size, paint: Paint): string[] {
  const room = Math.max(0, rows - FRAME_LINES);
  const ports = portList(picture.statuses, { columns, rows: room }, picture.now);
  const recentRoom = Math.min(MAX_RECENT, room - ports.length);
  const recent = recentRoom > 0 ? picture.recent.slice(-recentRoom) : [];
  const lines: Line[] = [
    [span(['atmqtt provision', ...picture.title].join('   '), 'strong')],
    [],
    ...ports,
    totalsLine(picture),
    ...recent.map(recentLine),
    footerLine(picture),
  ];
  return lines.slice(0, rows).map((line) => lineText(line, columns, paint));
}

const GAP = '   ';

/** The line with the counts, what matters most first: a narrow screen shows its beginning. */
function totalsLine({ totals, failedUnits, rate, now }: Picture): Line {
  const { passed, failed, already, checked, left, startedAt } = totals;
  return [
    span(` passed ${passed} `, passed > 0 ? 'good' : 'strong'),
    span('  '),
    span(` failed ${failed} `, failed > 0 ? 'bad' : 'strong'),
    ...(failedUnits === failed ? [] : [span(` (${counted(failedUnits, 'unit')})`)]),
    ...leftSpans(left),
    span(`${GAP}${rate === undefined ? NOTHING : rate} an hour`),
    span(`${GAP}already ${already}`),
    ...(checked > 0 ? [span(`${GAP}checked ${checked}`)] : []),
    span(`${GAP}${clockText(now - startedAt)}`),
  ];
}

/** The next operator has to be told before the pool is empty. */
const FEW = 20;

function leftSpans(left: number | undefined): Span[] {
  if (left === undefined) return [];
  const text = `${counted(left, 'triple')} left`;
  return [span(GAP), left < FEW ? span(` ${text} `, left === 0 ? 'bad' : 'busy') : span(text)];
}

/** A line of what happened lately. */
function recentLine(recent: Recent): Line {
  const time = span(`${timeOfDay(recent.at)}  `, 'faint');
  if ('note' in recent) return [time, span(recent.note)];
  const { imei = NOTHING, deviceName = NOTHING, outcome, reason, elapsed } = recent.result;
  const what = [
    portName(recent.result),
    imei,
    deviceName,
    reason === undefined ? secondsText(elapsed) : reason.code,
  ];
  return [
    time,
    span(` ${OUTCOME_WORDS[outcome].padEnd(7)} `, OUTCOME_STYLES[outcome]),
    span(`  ${what.join('  ')}`),
  ];
}

/** The last line: how to end, or that it is ending. */
function footerLine({ stopping }: Picture): Line {
  if (!stopping) return [span('Ctrl-C: no new modules, units under way end as INTERRUPTED', 'faint')];
  return [span(STOPPING, 'busy')];
}
