import type { StationTotals } from '../../../provisioning/station/station-types.js';
import { counted } from '../counted.js';
import type { Tally } from './tally.js';
import { clockText } from './words.js';

/** The totals as one plain line. */
export function summaryText(
  totals: StationTotals,
  tally: Pick<Tally, 'rate' | 'reasons'>,
  now: number,
): string {
  const { passed, failed, already, checked, left, startedAt } = totals;
  const reasons = tally.reasons.map(([code, count]) => `${count} ${code}`).join(', ');
  const rate = tally.rate(now);
  const parts = [
    `${passed} passed`,
    reasons === '' ? `${failed} failed` : `${failed} failed (${reasons})`,
    `${already} already done`,
    ...(checked > 0 ? [`${checked} checked`] : []),
    ...(left === undefined ? [] : [`${counted(left, 'triple')} left`]),
    clockText(now - startedAt),
    ...(rate === undefined ? [] : [`${rate} an hour`]),
  ];
  return parts.join(', ');
}
