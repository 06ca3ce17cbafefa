import { type Figures, LONGEST_PAUSE, type NamedFigures } from '../../../provisioning/books/figures.js';
import {
  type FailureCount,
  makeReport,
  type Report,
  type ReportFilter,
} from '../../../provisioning/books/report.js';
import { reportCsv, reportRecord } from '../../../provisioning/books/report-files.js';
import { FAILURES } from '../../../provisioning/failures.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { alignColumns, counted, duration, localTime, onOneLine } from '../../terminal.js';
import { parseMoment } from '../moment.js';
import { fileFormat, writeNewFiles } from '../new-file.js';
import { withLedger } from '../open-ledger.js';
import { REPORT_FORMATS, type ReportFormat, type ReportOptions } from './command.js';

export async function run(options: ReportOptions, { output }: Invocation): Promise<ExitCode> {
  const { output: file, json = false } = options;
  const filter = filterOf(options, Date.now());
  const fallback = json && file === undefined ? 'json' : undefined;
  const format = fileFormat(REPORT_FORMATS, options.format ?? fallback, file);
  const report = await withLedger(options, (ledger) => makeReport(ledger.attempts(), filter));
  const text = reportText(report, format);
  if (file === undefined) {
    await output.write(text);
  } else {
    await writeNewFiles(new Map([[file, text]]));
    const { units } = report.total;
    if (json) await output.json({ file, units });
    else await output.line(`report of ${counted(units, 'unit')} written to ${file}`);
  }
  return EXIT.DONE;
}

function filterOf({ since, until, station, operator }: ReportOptions, now: number): ReportFilter {
  return {
    since: since === undefined ? undefined : parseMoment('since', since, 'since', now),
    until: until === undefined ? undefined : parseMoment('until', until, 'until', now),
    station,
    operator,
  };
}

function reportText(report: Report, format: ReportFormat): string {
  if (format === 'csv') return reportCsv(report);
  if (format === 'json') return `${JSON.stringify(reportRecord(report))}\n`;
  return `${reportLines(report).join('\n')}\n`;
}

const FAILURE_SENTENCES: ReadonlyMap<string, string> = new Map(
  Object.entries(FAILURES).map(([code, { sentence }]) => [code, sentence]),
);

/** The report for people, line by line. */
export function reportLines(report: Report): string[] {
  const { total, failures, stations, operators } = report;
  return [
    ...headLines(report),
    ...(total.units === 0 ? [] : totalLines(total)),
    ...(failures.length === 0 ? [] : ['', 'Failures', ...failureLines(failures)]),
    ...groupLines('Station', stations),
    ...groupLines('Operator', operators),
  ];
}

function headLines({ filter, from, to, total }: Report): string[] {
  const { since, until, station, operator } = filter;
  const asked = [
    ...(since === undefined ? [] : [`from ${localTime(since)}`]),
    ...(until === undefined ? [] : [`until ${localTime(until)}`]),
    ...(station === undefined ? [] : [`station ${station}`]),
    ...(operator === undefined ? [] : [`operator ${operator}`]),
  ];
  const title = asked.length === 0 ? 'Report of all there is' : `Report ${asked.join(', ')}`;
  if (from === undefined || to === undefined) return [title, 'No attempt at a module.'];
  return [title, `Worked from ${localTime(from)} to ${localTime(to)}: ${duration(total.workingTime)}`, ''];
}

function totalLines(total: Figures): string[] {
  const pause = duration(LONGEST_PAUSE).replace(/ 0 s$/, '');
  return alignColumns([
    ['units', String(total.units), unitWords(total)],
    ['first pass', percent(total.firstPassYield), 'of the modules that came for the first time'],
    ['retries', String(total.retries), `of ${total.attempts} attempts`],
    ['rate', perHour(total.ratePerHour), `passes over the working time, pauses above ${pause} left out`],
    ['time', time(total.medianTime), `median of an attempt that passes, 95 % within ${time(total.p95Time)}`],
  ]);
}

function unitWords(figures: Figures): string {
  const words = (['passed', 'failed', 'interrupted', 'already', 'running'] as const).filter(
    (state) => figures[state] > 0,
  );
  const names = { already: 'verified already', running: 'under way' } as Readonly<Record<string, string>>;
  return words.map((state) => `${figures[state]} ${names[state] ?? state}`).join(', ');
}

function failureLines(failures: readonly FailureCount[]): string[] {
  return alignColumns(
    failures.map(({ code, attempts, units, message }) => [
      `${attempts} ×`,
      counted(units, 'unit'),
      code,
      FAILURE_SENTENCES.get(code) ?? '',
      onOneLine(`last: ${message}`),
    ]),
  );
}

const HEADER = [
  'units',
  'passed',
  'failed',
  'interrupted',
  'first pass',
  'retries',
  'rate',
  'median',
  '95 %',
];

function groupLines(title: string, groups: readonly NamedFigures[]): string[] {
  if (groups.length === 0) return [];
  const rows = groups.map((group) => [
    onOneLine(group.name),
    ...[group.units, group.passed, group.failed, group.interrupted].map(String),
    percent(group.firstPassYield),
    String(group.retries),
    perHour(group.ratePerHour),
    time(group.medianTime),
    time(group.p95Time),
  ]);
  return ['', ...alignColumns([[title, ...HEADER], ...rows])];
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
}

function perHour(rate: number | undefined): string {
  return rate === undefined ? '–' : `${rate.toFixed(1)}/h`;
}

function time(ms: number | undefined): string {
  return ms === undefined ? '–' : duration(ms);
}
