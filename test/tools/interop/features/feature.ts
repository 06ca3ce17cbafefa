import type { Bench } from '../harness/bench.js';
import type { Verdict } from '../harness/verdict.js';

/** One row of the matrix. */
export interface Feature {
  /** As in `--feature` and in the stored result. */
  readonly name: string;
  readonly title: string;
  /** Whether it is run with each client of the far side, or once per broker. */
  readonly scope: 'client' | 'broker';
  /** Throws what is wrong, or `NotRun`. */
  run(bench: Bench): Promise<Verdict | undefined>;
}
