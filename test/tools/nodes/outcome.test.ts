import { describe, expect, it } from 'vitest';
import { newestOf } from './obtain-node.js';
import { countsOf, isGood, linesOf } from './outcome.js';

function report(passed: number, ...files: readonly (readonly string[] | 'does not load')[]): string {
  const testResults = files.map((titles, index) => ({
    name: `${index}.test.ts`,
    status: titles.length > 0 ? 'failed' : 'passed',
    assertionResults:
      typeof titles === 'string' ? [] : titles.map((fullName) => ({ fullName, status: 'failed' })),
  }));
  const numFailedTests = testResults.flatMap(({ assertionResults }) => assertionResults).length;
  return JSON.stringify({
    ...{ numPassedTests: passed, numFailedTests, numPendingTests: 1, numTodoTests: 0 },
    testResults,
  });
}

describe('the outcome of the tests on one version', () => {
  it('is good if tests passed, and none failed', () => {
    const outcome = { version: '22.1.0', ...countsOf(report(3, [])) };
    expect(isGood(outcome)).toBe(true);
    expect(linesOf(outcome)).toEqual(['Node 22.1.0: 3 passed, 0 failed, 1 skipped']);
  });

  it('is bad if one failed, or a file did not load', () => {
    const outcome = { version: '24.1.0', ...countsOf(report(3, ['a b'], 'does not load')) };
    expect(isGood(outcome)).toBe(false);
    expect(linesOf(outcome)).toEqual([
      'Node 24.1.0: 3 passed, 2 failed, 1 skipped',
      '  0.test.ts: a b',
      '  1.test.ts',
    ]);
  });

  it('is bad if nothing was run', () => {
    expect(isGood({ version: '20', ...countsOf(report(0)) })).toBe(false);
    const missing = { version: '20', problem: 'it could not be had' };
    expect(isGood(missing)).toBe(false);
    expect(linesOf(missing)).toEqual(['Node 20: not run: it could not be had']);
  });

  it('names what was run beside the tests', () => {
    expect(linesOf({ version: '26.1.0', title: 'interop pty', passed: 1, failed: 0 })).toEqual([
      'Node 26.1.0, interop pty: 1 passed, 0 failed',
    ]);
    expect(linesOf({ version: '26.1.0', title: 'interop pty', problem: 'it ended with 1' })).toEqual([
      'Node 26.1.0, interop pty: not run: it ended with 1',
    ]);
  });
});

describe('the newest version', () => {
  it('is the highest, not the last one that was published, and no pre-release', () => {
    expect(newestOf(['9.11.2', '26.9.0', '26.12.1', '27.0.0-rc.1', '26.10.0', '22.23.5'])).toBe('26.12.1');
    expect(newestOf([])).toBeUndefined();
  });
});
