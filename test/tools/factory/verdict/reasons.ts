import type { Disturbance } from '../injector.js';
import type { AttemptRow, Books } from './books.js';
import type { Findings } from './findings.js';

/** ms for which a fault that is over may still be felt: what was under way is told late by a busy machine. */
const AFTERMATH = 500;

/** Every failure has a reason that is true; nobody fails whom nothing has disturbed. */
export function judgeReasons(findings: Findings, books: Books): string[] {
  return books.attempts.flatMap((attempt) => {
    const { outcome, reason_code: code } = attempt;
    if (code === null || outcome === 'passed' || outcome === 'already') return [];
    const near = disturbancesOf(findings, attempt);
    if (isTrue(findings, books, attempt, code, near)) return [];
    const { id, imei, reason_message: message } = attempt;
    const disturbed = near.map(({ fault }) => fault.kind.name).join(', ') || 'nothing';
    return [
      `attempt ${id} at ${imei} failed: ${code} (${message}), and ${disturbed} disturbed it`,
      ...findings.disturbances.map((one) => `  ${timeline(one, attempt)}`),
    ];
  });
}

/** When a fault was, seen from the beginning of an attempt. */
function timeline({ fault, imei = 'all', from, until }: Disturbance, attempt: AttemptRow): string {
  const { started_at: start, ended_at: end } = attempt;
  return `${fault.kind.name} of ${imei} at ${from - start} to ${until - start} of ${(end ?? 0) - start} ms`;
}

function isTrue(
  findings: Findings,
  books: Books,
  attempt: AttemptRow,
  code: string,
  near: readonly Disturbance[],
): boolean {
  const { plan, calmSince } = findings;
  if (code === 'POOL_EMPTY') return plan.way === 'file' && plan.triples < plan.units;
  const registered = registers(books, attempt);
  // An answer that was lost before: that attempt is judged for itself.
  if (code === 'REGISTRATION_UNANSWERED' && !registered && attempt.started_at < calmSince) {
    return books.attempts.some(
      (one) => one.id < attempt.id && one.imei === attempt.imei && registers(books, one),
    );
  }
  if (code === 'INTERRUPTED' && stoppedByHarness(findings, attempt)) return true;
  if (code === 'SIGNATURE_REFUSED' && !wasRefused(findings, attempt, [4, 5])) return false;
  if (code === 'TRIPLE_IN_USE' && sessionsLost(findings, attempt) < 2) return false;
  return near.some(
    ({ fault: { kind }, until }) =>
      kind.reasons.some((reason) => reason === code) ||
      (until <= (attempt.ended_at ?? 0) && kind.passed?.some((reason) => reason === code)) ||
      (registered &&
        !(kind.sparesHttp && plan.way === 'http') &&
        kind.registering.some((reason) => reason === code)),
  );
}

/** Faults that an attempt can have met. */
function disturbancesOf({ disturbances }: Findings, attempt: AttemptRow): Disturbance[] {
  const { imei, started_at: from, ended_at: until } = attempt;
  return disturbances.filter(
    (one) =>
      (one.imei === undefined || one.imei === imei) &&
      one.from <= (until ?? Number.POSITIVE_INFINITY) &&
      one.until + AFTERMATH >= from,
  );
}

function registers({ steps }: Books, { id }: AttemptRow): boolean {
  return steps.some(({ attempt_id, event }) => attempt_id === id && event === 'register');
}

/** A station that has all its results is told to end. */
function stoppedByHarness({ plan, stations }: Findings, { started_at: from }: AttemptRow): boolean {
  const last = stations.findLast(({ startedAt }) => startedAt <= from);
  return !plan.once && last?.exit?.code === 130;
}

function wasRefused({ seen }: Findings, attempt: AttemptRow, codes: readonly number[]): boolean {
  return seen.refusals.some(
    (one) =>
      isDuring(attempt, one) && one.deviceName === attempt.device_name && codes.includes(one.returnCode),
  );
}

function sessionsLost({ seen }: Findings, attempt: AttemptRow): number {
  return seen.offline.filter((one) => isDuring(attempt, one) && one.deviceName === attempt.device_name)
    .length;
}

function isDuring(
  { started_at: from, ended_at: until }: AttemptRow,
  { at }: { readonly at: number },
): boolean {
  return at >= from - 1 && at <= (until ?? at) + 1;
}
