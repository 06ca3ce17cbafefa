import type { StationTotals } from '../../../provisioning/station/station-types.js';
import { counted } from '../words.js';
import type { Tally } from './tally.js';
import { clockText } from './words.js';

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
