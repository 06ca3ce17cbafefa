import type { Figures, NamedFigures } from './figures.js';
import type { Report } from './report.js';

/** The report as `JSON.stringify` takes it: times ISO 8601 in UTC, lengths of time in ms, null for what is not known. */
export function reportRecord({ filter, from, to, total, failures, stations, operators }: Report): object {
  return {
    since: isoTime(filter.since),
    until: isoTime(filter.until),
    station: filter.station ?? null,
    operator: filter.operator ?? null,
    from: isoTime(from),
    to: isoTime(to),
    total: figuresRecord(total),
    failures,
    stations: stations.map(namedRecord),
    operators: operators.map(namedRecord),
  };
}

function namedRecord({ name, ...figures }: NamedFigures): object {
  return { name, ...figuresRecord(figures) };
}

function figuresRecord({ firstPassYield, ratePerHour, medianTime, p95Time, ...figures }: Figures): object {
  return {
    ...figures,
    firstPassYield: rounded(firstPassYield, 10_000),
    ratePerHour: rounded(ratePerHour, 10),
    medianTime: medianTime ?? null,
    p95Time: p95Time ?? null,
  };
}

function rounded(value: number | undefined, parts: number): number | null {
  return value === undefined ? null : Math.round(value * parts) / parts;
}

function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
