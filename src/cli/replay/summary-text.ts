import { parseFinalResult } from '../../at/result-codes.js';
import { maskSecrets } from '../../errors/secrets.js';
import { foldBytes } from '../../util/escape.js';
import { alignColumns } from '../text-table.js';
import type { Summary } from './summary.js';

/** A summary for people, without the last line end. */
export function summaryText(summary: Summary): string {
  const { entries, duration, bytes, commands, roundTrips, noise, silences } = summary;
  const total = [
    `${entries} entries in ${seconds(duration)}, ${bytes.sent} bytes sent, ${bytes.received} received`,
    `${commands} commands${noise === 0 ? '' : `, ${noise} bytes that no line can be made of`}`,
  ];
  const times = roundTrips.map(({ command, until, count, median, p95, max }) => [
    `  ${shown(command)}${until === 'result' ? ' to its result' : ''}`,
    ...[String(count), ...[median, p95, max].map((ms) => `${ms.toFixed(0)} ms`)],
  ]);
  return [
    ...total,
    ...section('round trips', [['  command', 'count', 'median', 'p95', 'max'], ...times], times.length),
    ...counts('without an answer', summary.unanswered),
    ...counts('errors', summary.errors, errorWords),
    ...counts('URCs', summary.urcs),
    ...section(
      'longest silences',
      silences.map(({ ms, from }) => [`  ${seconds(ms)}`, `from +${(from / 1000).toFixed(3)}`]),
      silences.length,
    ),
  ].join('\n');
}

function counts(title: string, record: Readonly<Record<string, number>>, words = shown): string[] {
  const rows = Object.entries(record).map(([name, count]) => [`  ${words(name)}`, String(count)]);
  return section(title, rows, rows.length);
}

/** Nothing where there is nothing to tell. */
function section(title: string, rows: readonly (readonly string[])[], filled: number): string[] {
  return filled === 0 ? [] : ['', title, ...alignColumns(rows)];
}

function errorWords(error: string): string {
  const meaning = /\d$/.test(error) ? parseFinalResult(error)?.meaning : undefined;
  return meaning === undefined ? shown(error) : `${error} (${meaning})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

function shown(text: string): string {
  return foldBytes(maskSecrets(text));
}
