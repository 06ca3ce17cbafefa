import type { AttemptRecord } from '../ledger/ledger-types.js';
import { percentile } from './percentile.js';
import { type Tries, unitResults } from './unit-results.js';
import { workingTime } from './working-time.js';

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
