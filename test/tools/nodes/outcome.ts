/** How the tests went on one version. */
export interface Outcome {
  readonly version: string;
  /** What was run, if not the tests. */
  readonly title?: string;
  readonly passed?: number;
  readonly failed?: number;
  readonly skipped?: number;
  /** Titles of those that failed, and files that could not be loaded. */
  readonly failures?: readonly string[];
  /** Why there are no counts. */
  readonly problem?: string;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** What vitest's JSON report says. */
export function countsOf(json: string): Omit<Outcome, 'version'> {
  const report = JSON.parse(json) as Report;
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed');
    // A file that does not load has no tests that could fail.
    if (failed.length === 0 && status === 'failed') return [name];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, failures.length),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

export function isGood({ passed = 0, failed = 0, problem }: Outcome): boolean {
  return problem === undefined && failed === 0 && passed > 0;
}

/** `Node 22.23.3: 2100 passed, 0 failed`, and below it what failed. */
export function linesOf(outcome: Outcome): string[] {
  const { version, title, passed, failed, skipped = 0, failures = [], problem } = outcome;
  const name = `Node ${version}${title === undefined ? '' : `, ${title}`}`;
  if (problem !== undefined) return [`${name}: not run: ${problem}`];
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return [`${name}: ${counts}`, ...failures.map((line) => `  ${line}`)];
}
