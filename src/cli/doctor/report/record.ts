import { EXIT } from '../../exit-codes.js';
import type { Outcome } from '../finding.js';

/** A step as `--json` prints it. */
export function outcomeRecord({ step, status, found, facts, advice, exitCode, ms }: Outcome): object {
  const { causes, next } = advice;
  return { step, status, found, facts, causes, next, ms, ...(exitCode === EXIT.DONE ? {} : { exitCode }) };
}
