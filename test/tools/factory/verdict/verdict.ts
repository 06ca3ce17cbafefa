import { type Books, readBooks } from './books.js';
import { judgeCloud } from './cloud.js';
import type { Findings } from './findings.js';
import { judgeReasons } from './reasons.js';
import { judgeTold } from './told.js';

export interface Judgement {
  readonly attempts: readonly string[];
  readonly states: readonly string[];
  readonly violations: readonly string[];
}

/** Whether everything held that must hold, seen from outside and in the books. */
export function verdict(findings: Findings): Judgement {
  const books = readBooks(findings.ledger);
  const violations = [
    ...books.faults,
    ...judgeCloud(findings, books),
    ...judgeReasons(findings, books),
    ...judgeTold(findings, books),
    ...judgeEnd(findings, books),
  ];
  return {
    attempts: books.attempts.map(({ outcome, reason_code: code }) =>
      outcome === 'failed' ? (code ?? 'failed') : (outcome ?? 'open'),
    ),
    states: books.triples.map(({ state }) => state),
    violations,
  };
}

/** Without faults, a last station brings every module to its end: verified, unless there was no triple for it. */
function judgeEnd({ plan, imeis, stations }: Findings, { triples, attempts }: Books): string[] {
  const spare = plan.way === 'file' ? plan.triples : plan.units;
  const wanted = Math.min(plan.units, spare);
  const verified = triples.filter(({ state }) => state === 'verified');
  const rest = imeis.filter((imei) => !verified.some((triple) => triple.imei === imei));
  const violations = rest
    .map((imei) => attempts.findLast((attempt) => attempt.imei === imei))
    .filter((last) => plan.units === wanted || last?.reason_code !== 'POOL_EMPTY')
    .map((last) => `a unit is not verified in the end: ${JSON.stringify(last ?? null)}`);
  if (verified.length !== wanted) violations.push(`${verified.length} are verified, not ${wanted}`);
  const { code } = stations.at(-1)?.exit ?? {};
  if (code !== (plan.units === wanted ? 0 : 1)) violations.push(`the last station ended with ${code}`);
  return violations;
}
