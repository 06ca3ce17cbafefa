import type { AttemptOutcome, AttemptRecord } from '../ledger/ledger-types.js';

export type UnitState = AttemptOutcome | 'running';

/** Which attempt was the first at its module. */
export interface Tries {
  isFirst(attempt: AttemptRecord): boolean;
}

/** `history` is all that the ledger has. A look at a verified module (`already`) is no try. */
export function triesOf(history: readonly AttemptRecord[]): Tries {
  const first = new Map<string, number>();
  for (const { id, imei, outcome } of history) {
    if (outcome !== 'already') first.set(imei, Math.min(id, first.get(imei) ?? id));
  }
  return { isFirst: ({ id, imei }) => first.get(imei) === id };
}

/**
 * Where each module stands, by IMEI: the last attempt that passed or failed decides; without one it was interrupted,
 * else is running, else was verified already.
 */
export function unitResults(attempts: readonly AttemptRecord[]): ReadonlyMap<string, UnitState> {
  const results = new Map<string, UnitState>();
  for (const { imei, outcome = 'running' } of [...attempts].sort((a, b) => a.id - b.id)) {
    const earlier = results.get(imei);
    if (earlier === undefined || WEIGHT[outcome] >= WEIGHT[earlier]) results.set(imei, outcome);
  }
  return results;
}

/** A later attempt takes the place of an earlier one that says no more than itself. */
const WEIGHT: Readonly<Record<UnitState, number>> = {
  already: 0,
  running: 1,
  interrupted: 2,
  failed: 3,
  passed: 3,
};
