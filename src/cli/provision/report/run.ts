import { makeReport, type Report, type ReportFilter } from '../../../provisioning/books/report.js';
import { reportCsv, reportRecord } from '../../../provisioning/books/report-files.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { fileFormat } from '../file-format.js';
import { parseMoment } from '../moment.js';
import { writeNewFiles } from '../new-file.js';
import { withLedger } from '../open-ledger.js';
import { counted } from '../words.js';
import { REPORT_FORMATS, type ReportFormat, type ReportOptions } from './options.js';
import { reportLines } from './text.js';

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
