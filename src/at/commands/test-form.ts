import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { DEFAULT_LIMITS } from './limits.js';

/** Numbers, ascending, as a range of values, e.g. `(0-2)`, `(0,1,4)`: V.250 5.7.3.1. */
export function rangeOf(...values: readonly number[]): string {
  const runs: number[][] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run?.at(-1) === value - 1) run.push(value);
    else runs.push([value]);
  }
  return `(${runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join())).join()})`;
}

/**
 * `AT<name>=?`: whether the module knows the command, and with `ranges` what may be set. V.250 5.4.3.2 and 5.4.4.4; the
 * final result code alone is a full answer to the test of an action.
 */
export function testForm(name: string, ranges: string | undefined): OneStageCommand<Nothing, Nothing> {
  const text = `${name}: ${ranges}`;
  return {
    name,
    form: 'test',
    request: fixedRequest(`AT${name}=?`),
    response:
      ranges === undefined
        ? NO_INFORMATION
        : {
            format: () => [{ text }],
            parse: ([line, ...rest]) => (line?.text === text && rest.length === 0 ? null : undefined),
            owns: (received) => received === text,
          },
    limits: DEFAULT_LIMITS,
    abortable: false,
  };
}
