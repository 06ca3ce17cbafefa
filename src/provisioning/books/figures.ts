import type { AttemptOutcome, AttemptRecord } from '../ledger/ledger-types.js';

/** What a choice of attempts comes to. A unit is a module, known by its IMEI. */
export interface Figures {
  /** Units that had an attempt; each is one of the five that follow. */
  readonly units: number;
  readonly passed: number;
  readonly failed: number;
  readonly interrupted: number;
  /** Verified earlier, and not touched. */
  readonly already: number;
  readonly running: number;
  /** Attempts, without those that found the module verified already. */
  readonly attempts: number;
  /** Those of them at a module that had one before, whenever that was. */
  readonly retries: number;
  /** 0–1: of the units whose first attempt ever is among these and has ended, those that passed in it. */
  readonly firstPassYield: number | undefined;
  /** Attempts that passed over the working time. */
  readonly ratePerHour: number | undefined;
  /** ms; see `workingTime`. */
  readonly workingTime: number;
  /** ms of the attempts that passed. */
  readonly medianTime: number | undefined;
  readonly p95Time: number | undefined;
}

/** Of a station, or of an operator. */
export interface NamedFigures extends Figures {
  readonly name: string;
}

const HOUR = 3_600_000;

export function figuresOf(attempts: readonly AttemptRecord[], tries: Tries): Figures {
  const results = [...unitResults(attempts).values()];
  const count = (result: (typeof results)[number]) => results.filter((one) => one === result).length;
  const real = attempts.filter(({ outcome }) => outcome !== 'already');
  const first = real.filter((attempt) => tries.isFirst(attempt) && attempt.outcome !== undefined);
  const passes = attempts.filter(({ outcome }) => outcome === 'passed');
  const times = passes
    .map(({ startedAt, endedAt = startedAt }) => endedAt - startedAt)
    // The clock was set back in between.
    .filter((time) => time >= 0)
    .sort((a, b) => a - b);
  const worked = workingTime(attempts);
  return {
    units: results.length,
    passed: count('passed'),
    failed: count('failed'),
    interrupted: count('interrupted'),
    already: count('already'),
    running: count('running'),
    attempts: real.length,
    retries: real.filter((attempt) => !tries.isFirst(attempt)).length,
    firstPassYield: share(first.filter(({ outcome }) => outcome === 'passed').length, first.length),
    ratePerHour: worked === 0 ? undefined : (passes.length * HOUR) / worked,
    workingTime: worked,
    medianTime: percentile(times, 0.5),
    p95Time: percentile(times, 0.95),
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

type UnitState = AttemptOutcome | 'running';

/** Which attempt was the first at its module. */
interface Tries {
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
function unitResults(attempts: readonly AttemptRecord[]): ReadonlyMap<string, UnitState> {
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

/** A pause longer than this in ms is no work: a break, the end of a shift. */
export const LONGEST_PAUSE = 10 * 60_000;

/**
 * ms in which work went on: from the first attempt to the last end, on all ports together, without the pauses that are
 * longer than `LONGEST_PAUSE`. An attempt that runs, or was interrupted, counts with its begin alone: its end may be
 * written down much later, by the next station that starts.
 */
function workingTime(attempts: readonly Pick<AttemptRecord, 'startedAt' | 'endedAt' | 'outcome'>[]): number {
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

/** The smallest value that at least the share of them does not exceed (nearest rank); `sorted` ascends. */
function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
