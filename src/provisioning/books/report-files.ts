import { type CsvValue, csvTable } from './csv.js';
import type { Figures, NamedFigures } from './figures.js';
import type { FailureCount, Report } from './report.js';

/** Figures of a row, in the order of the columns; times in s, yield in percent. */
const FIGURES: readonly (readonly [header: string, value: (figures: Figures) => CsvValue])[] = [
  ['Units', ({ units }) => units],
  ['Passed', ({ passed }) => passed],
  ['Failed', ({ failed }) => failed],
  ['Interrupted', ({ interrupted }) => interrupted],
  ['Already', ({ already }) => already],
  ['Running', ({ running }) => running],
  ['Attempts', ({ attempts }) => attempts],
  ['Retries', ({ retries }) => retries],
  ['FirstPassYieldPercent', ({ firstPassYield }) => rounded(firstPassYield, 100)],
  ['RatePerHour', ({ ratePerHour }) => rounded(ratePerHour, 1)],
  ['WorkingSeconds', ({ workingTime }) => rounded(workingTime, 0.001)],
  ['MedianSeconds', ({ medianTime }) => rounded(medianTime, 0.001)],
  ['P95Seconds', ({ p95Time }) => rounded(p95Time, 0.001)],
];

const HEADER = ['Scope', 'Name', ...FIGURES.map(([header]) => header), 'Message'];

/** One table. `Scope` is `all`, `station`, `operator` or `failure`; a failure has its units, attempts and message alone. */
export function reportCsv({ total, stations, operators, failures }: Report): string {
  return csvTable(HEADER, [
    figuresRow('all', { name: '', ...total }),
    ...stations.map((station) => figuresRow('station', station)),
    ...operators.map((operator) => figuresRow('operator', operator)),
    ...failures.map(failureRow),
  ]);
}

function figuresRow(scope: string, figures: NamedFigures): CsvValue[] {
  return [scope, figures.name, ...FIGURES.map(([, value]) => value(figures)), undefined];
}

function failureRow({ code, units, attempts, message }: FailureCount): CsvValue[] {
  const known: Readonly<Record<string, number>> = { Units: units, Attempts: attempts };
  return ['failure', code, ...FIGURES.map(([header]) => known[header]), message];
}

/** To a tenth. */
function rounded(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * factor * 10) / 10;
}

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
    firstPassYield: roundedOrNull(firstPassYield, 10_000),
    ratePerHour: roundedOrNull(ratePerHour, 10),
    medianTime: medianTime ?? null,
    p95Time: p95Time ?? null,
  };
}

function roundedOrNull(value: number | undefined, parts: number): number | null {
  return value === undefined ? null : Math.round(value * parts) / parts;
}

function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
