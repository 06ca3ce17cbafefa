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
 * else is running, else was verified already. A failure without a triple takes no pass away: it was another module with
 * that IMEI.
 */
export function unitResults(attempts: readonly AttemptRecord[]): ReadonlyMap<string, UnitState> {
  const results = new Map<string, { readonly state: UnitState; readonly weight: number }>();
  for (const attempt of [...attempts].sort((a, b) => a.id - b.id)) {
    const weight = weightOf(attempt);
    if (weight >= (results.get(attempt.imei)?.weight ?? 0)) {
      results.set(attempt.imei, { state: attempt.outcome ?? 'running', weight });
    }
  }
  return new Map([...results].map(([imei, { state }]) => [imei, state]));
}

/** A later attempt takes the place of an earlier one that says no more than itself. */
function weightOf({ outcome, tripleId }: AttemptRecord): number {
  return outcome === 'failed' && tripleId === undefined
    ? WEIGHT.interrupted + 1
    : WEIGHT[outcome ?? 'running'];
}

const WEIGHT: Readonly<Record<UnitState, number>> = {
  already: 0,
  running: 1,
  interrupted: 2,
  failed: 4,
  passed: 4,
};
