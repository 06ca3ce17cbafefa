import { portName } from '../../../provisioning/station/station-port.js';
import type { PortStatus, StationTotals, UnitResult } from '../../../provisioning/station/station-types.js';
import { printable } from '../../../util/text-width.js';
import { localIso } from '../../local-time.js';
import type { Log } from '../../log.js';
import type { Output } from '../../output.js';
import { counted } from '../../terminal.js';
import type { Tally } from './follow.js';
import {
  type Bell,
  clockText,
  NOTHING,
  OUTCOME_WORDS,
  type RunView,
  STOPPING,
  secondsText,
  WaitNotes,
} from './view.js';

/** A line for each result on stdout, the rest on stderr: for pipes, files and terminals without cursor. */
export class PlainView implements RunView {
  readonly #output: Output;
  readonly #log: Log;
  readonly #tally: Tally;
  readonly #bell: Bell;
  readonly #waits = new WaitNotes();

  constructor(output: Output, log: Log, tally: Tally, bell: Bell) {
    this.#output = output;
    this.#log = log;
    this.#tally = tally;
    this.#bell = bell;
  }

  changed(status: PortStatus): void {
    const news = this.#waits.newsOf(status);
    if (news !== undefined) this.note(news);
  }

  close(): void {}

  result(result: UnitResult, at: number): void {
    void this.#output.line(resultLine(result, at));
    this.#bell.ring(result);
  }

  note(sentence: string): void {
    this.#log.note(printable(sentence));
  }

  stopping(): void {
    this.#log.note(STOPPING);
  }

  async end(totals: StationTotals, at: number): Promise<void> {
    this.#log.note(summaryText(totals, this.#tally, at));
  }
}

/** Time, port, IMEI, device name, outcome and how long it took; behind a failure why, and what to do. */
export function resultLine(result: UnitResult, at: number): string {
  const { imei = NOTHING, deviceName = NOTHING, outcome, reason, elapsed, action } = result;
  const facts = [
    localIso(new Date(at)),
    portName(result),
    imei,
    deviceName,
    OUTCOME_WORDS[outcome],
    secondsText(elapsed),
  ];
  const why = reason === undefined ? [] : [`${reason.code}: ${reason.message} > ${action}`];
  return [...facts, ...why].map(printable).join('  ');
}

/** The totals as one plain line. */
export function summaryText(
  totals: StationTotals,
  tally: Pick<Tally, 'rate' | 'reasons' | 'failedUnits'>,
  now: number,
): string {
  const { passed, failed, already, checked, left, startedAt } = totals;
  const reasons = tally.reasons.map(([code, count]) => `${count} ${code}`).join(', ');
  const rate = tally.rate(now);
  const parts = [
    `${passed} passed`,
    failedText(failed, tally.failedUnits) + (reasons === '' ? '' : ` (${reasons})`),
    `${already} already done`,
    ...(checked > 0 ? [`${checked} checked`] : []),
    ...(left === undefined ? [] : [`${counted(left, 'triple')} left`]),
    clockText(now - startedAt),
    ...(rate === undefined ? [] : [`${rate} an hour`]),
  ];
  return parts.join(', ');
}

/** `6 failed, 1 unit`: one module can fail again and again. */
function failedText(failed: number, units: number): string {
  return failed === units ? `${failed} failed` : `${failed} failed, ${counted(units, 'unit')}`;
}
