import { portName } from '../../../../provisioning/station/station-port.js';
import { counted, timeOfDay } from '../../words.js';
import { clockText, OUTCOME_WORDS, secondsText } from '../words.js';
import { type Line, type Span, span } from './line.js';
import type { Picture, Recent } from './picture.js';
import { NOTHING, OUTCOME_STYLES } from './port-state.js';

const GAP = '   ';

/** The line with the counts, what matters most first: a narrow screen shows its beginning. */
export function totalsLine({ totals, failedUnits, rate, now }: Picture): Line {
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
export function recentLine(recent: Recent): Line {
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
export function footerLine({ stopping }: Picture): Line {
  if (!stopping) return [span('Ctrl-C: no new modules, units under way end as INTERRUPTED', 'faint')];
  return [span(STOPPING, 'busy')];
}

/** What the operator is told at the first Ctrl-C. */
export const STOPPING =
  'ending: no new modules, units under way end as INTERRUPTED; Ctrl-C again ends at once';
