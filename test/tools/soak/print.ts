import { list, row, seconds } from '../shared/print.js';
import type { DirectionReport, SoakReport } from './report.js';

/** Violations that are printed; the rest is counted. */
const MAX_SHOWN = 30;

/** The report for a person to read. */
export function print(report: SoakReport): void {
  const { up, down, heapStart, heapEnd, violations, seed } = report;
  row('seed', seed);
  row('time', seconds(report.elapsed));
  row('up', direction(up));
  row('down', direction(down));
  row('refused, sent again', list(report.refused));
  row('retried by the client', report.retried);
  row('faults', `${report.faults}: ${list(report.faultsByKind)}`);
  row('outages', `${report.outages}, the longest ${seconds(report.longestOutage)}`);
  row('recoveries by rung', list(report.recoveries));
  row('attempts by rung', list(report.attempts));
  row('heap', `${megabytes(heapStart)} at the start, ${megabytes(heapEnd)} at the end`);
  row('violations', violations.length);
  for (const violation of violations.slice(0, MAX_SHOWN)) console.log(`  ${violation}`);
  if (violations.length > 0) console.log(`  again with --seed ${seed}`);
}

function direction({
  sent,
  arrived,
  repeats,
  mangled,
  outOfOrder,
  lostOnTheWire,
  p50,
  p99,
  longest,
}: DirectionReport): string {
  const times = `p50 ${seconds(p50)}, p99 ${seconds(p99)}, longest ${seconds(longest)}`;
  const lost = `lost on the serial line: ${list(lostOnTheWire)}`;
  return `${sent} sent, ${arrived} arrived, ${repeats} repeats, ${mangled} damaged on the wire, ${outOfOrder} not in the order of sending; ${times}; ${lost}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
