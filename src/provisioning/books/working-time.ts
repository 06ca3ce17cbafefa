import type { AttemptRecord } from '../ledger/ledger-types.js';

/** A pause longer than this in ms is no work: a break, the end of a shift. */
export const LONGEST_PAUSE = 10 * 60_000;

/**
 * ms in which work went on: from the first attempt to the last end, on all ports together, without the pauses that are
 * longer than `LONGEST_PAUSE`. An attempt that runs, or was interrupted, counts with its begin alone: its end may be
 * written down much later, by the next station that starts.
 */
export function workingTime(
  attempts: readonly Pick<AttemptRecord, 'startedAt' | 'endedAt' | 'outcome'>[],
): number {
  const spans = attempts
    .map(({ startedAt, endedAt = startedAt, outcome }) => ({
      from: startedAt,
      to: outcome === 'interrupted' ? startedAt : Math.max(startedAt, endedAt),
    }))
    .sort((a, b) => a.from - b.from);
  let total = 0;
  let reached: number | undefined;
  for (const { from, to } of spans) {
    const begin = reached !== undefined && from - reached <= LONGEST_PAUSE ? reached : from;
    total += Math.max(0, to - begin);
    reached = Math.max(to, reached ?? to);
  }
  return total;
}
