import type { IRawProperty } from 'fast-check';
import fc from 'fast-check';
import { seededRandom } from '../../../src/util/random.js';

/** One thing that is fed with hostile input. */
export interface Target {
  readonly name: string;
  /** Its share of all runs, beside those of the other targets. */
  readonly weight: number;
  /** What must hold; throws if it does not. */
  readonly property: IRawProperty<unknown, boolean>;
}

/** An input under which something does not hold, made as small as could be. */
export interface Finding {
  readonly target: string;
  /** Repeats it: `--target`, `--seed` and `--path`. */
  readonly seed: number;
  readonly path: string;
  readonly input: string;
  readonly error: string;
}

export interface Report {
  readonly runs: number;
  readonly findings: readonly Finding[];
}

/** Runs between two looks at the clock of the event loop; each slice has a seed of its own. */
const SLICE = 10_000;

/** Shares the runs out by weight, at least one for each target. The same seed gives the same inputs. */
export async function campaign(
  targets: readonly Target[],
  options: { readonly runs: number; readonly seed: number; readonly path?: string | undefined },
): Promise<Report> {
  const { runs, seed, path } = options;
  const all = targets.reduce((sum, { weight }) => sum + weight, 0);
  const findings: Finding[] = [];
  let done = 0;
  for (const target of targets) {
    const random = seededRandom(seed);
    let left = Math.max(1, Math.round((runs * target.weight) / all));
    // The first slice has the seed itself: what a finding tells can be given again.
    for (let slice = seed; left > 0; slice = Math.floor(random() * 2 ** 31)) {
      const numRuns = Math.min(left, SLICE);
      const details = await fc.check(target.property, {
        numRuns,
        seed: slice,
        ...(path === undefined ? {} : { path }),
      });
      left -= numRuns;
      done += details.numRuns;
      if (!details.failed) continue;
      findings.push({
        target: target.name,
        seed: slice,
        path: details.counterexamplePath ?? '',
        input: fc.stringify(details.counterexample),
        error: String((details.errorInstance as Error | null)?.message ?? details.errorInstance),
      });
      break;
    }
  }
  return { runs: done, findings };
}
