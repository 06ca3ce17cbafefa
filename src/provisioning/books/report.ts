import type { AttemptRecord } from '../ledger/ledger-types.js';
import { type Figures, figuresOf, type NamedFigures, triesOf } from './figures.js';

/** Which attempts a report is about; several conditions hold together. */
export interface ReportFilter {
  /** ms since 1970 of the begin of an attempt: from `since` on, before `until`. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly station?: string | undefined;
  readonly operator?: string | undefined;
}

/** A way to fail, and how often it was met. */
export interface FailureCount {
  /** A code of `FAILURES`. */
  readonly code: string;
  readonly attempts: number;
  /** Modules that it happened to. */
  readonly units: number;
  /** The latest one in words. */
  readonly message: string;
}

/** What a shift, a batch or a station has done. */
export interface Report {
  readonly filter: ReportFilter;
  /** ms since 1970: begin of the first attempt, and the last begin or end. Undefined without attempts. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly total: Figures;
  /** Most frequent first. */
  readonly failures: readonly FailureCount[];
  /** By name. */
  readonly stations: readonly NamedFigures[];
  readonly operators: readonly NamedFigures[];
}

/** `history` holds all attempts of the ledger: whether a try was the first is seen only there. */
export function makeReport(history: readonly AttemptRecord[], filter: ReportFilter): Report {
  const tries = triesOf(history);
  const attempts = history.filter((attempt) => matches(attempt, filter));
  const by = (key: 'station' | 'operator') =>
    [...grouped(attempts, (attempt) => attempt[key])]
      .map(([name, group]) => ({ name, ...figuresOf(group, tries) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    filter,
    from: edge(attempts, ({ startedAt }) => startedAt, Math.min),
    to: edge(attempts, ({ startedAt, endedAt = startedAt }) => endedAt, Math.max),
    total: figuresOf(attempts, tries),
    failures: failuresOf(attempts),
    stations: by('station'),
    operators: by('operator'),
  };
}

function matches(attempt: AttemptRecord, { since, until, station, operator }: ReportFilter): boolean {
  return (
    attempt.startedAt >= (since ?? attempt.startedAt) &&
    (until === undefined || attempt.startedAt < until) &&
    attempt.station === (station ?? attempt.station) &&
    attempt.operator === (operator ?? attempt.operator)
  );
}

function failuresOf(attempts: readonly AttemptRecord[]): FailureCount[] {
  const failed = attempts.filter(({ outcome }) => outcome === 'failed');
  return [...grouped(failed, ({ reason }) => reason?.code ?? 'UNKNOWN')]
    .map(([code, group]) => ({
      code,
      attempts: group.length,
      units: new Set(group.map(({ imei }) => imei)).size,
      message: group.reduce((a, b) => (b.id > a.id ? b : a)).reason?.message ?? '',
    }))
    .sort((a, b) => b.attempts - a.attempts || (a.code < b.code ? -1 : 1));
}

function grouped(
  attempts: readonly AttemptRecord[],
  keyOf: (attempt: AttemptRecord) => string,
): Map<string, [AttemptRecord, ...AttemptRecord[]]> {
  const groups = new Map<string, [AttemptRecord, ...AttemptRecord[]]>();
  for (const attempt of attempts) {
    const group = groups.get(keyOf(attempt));
    if (group === undefined) groups.set(keyOf(attempt), [attempt]);
    else group.push(attempt);
  }
  return groups;
}

/** One by one: a spread of 100,000 arguments would overflow the stack. */
function edge(
  attempts: readonly AttemptRecord[],
  timeOf: (attempt: AttemptRecord) => number,
  choose: (a: number, b: number) => number,
): number | undefined {
  let found: number | undefined;
  for (const attempt of attempts) found = choose(found ?? timeOf(attempt), timeOf(attempt));
  return found;
}
