import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { makeReport } from '../../../src/provisioning/books/report.js';
import { reportCsv, reportRecord } from '../../../src/provisioning/books/report-files.js';
import { attempt, NOON } from './records.js';

const REPORT = makeReport(
  [
    attempt(1, { imei: 'a', startedAt: NOON, endedAt: NOON + 90_000 }),
    attempt(2, {
      ...{ imei: 'b', startedAt: NOON, endedAt: NOON + 4_000, station: '=cmd()', outcome: 'failed' },
      reason: { code: 'PROOF_FAILED', message: 'no proof, "none"' },
    }),
  ],
  { since: NOON - 1 },
);

it('A report in CSV is one table with a row for all, each station, operator and failure.', () => {
  const rows = parse(reportCsv(REPORT), { columns: true }) as Record<string, string>[];
  expect(rows.map(({ Scope, Name }) => [Scope, Name])).toEqual([
    ['all', ''],
    ['station', "'=cmd()"],
    ['station', 'line-1'],
    ['operator', 'ann'],
    ['failure', 'PROOF_FAILED'],
  ]);
  expect(rows[0]).toMatchObject({ Units: '2', Passed: '1', Failed: '1', FirstPassYieldPercent: '50' });
  expect(rows[0]).toMatchObject({ RatePerHour: '40', WorkingSeconds: '90', MedianSeconds: '90' });
  expect(rows[1]).toMatchObject({ Passed: '0', MedianSeconds: '', Message: '' });
  expect(rows[4]).toMatchObject({ Units: '1', Attempts: '1', Passed: '', Message: 'no proof, "none"' });
});

it('A report in JSON has times in ISO 8601 and null for what is not known.', () => {
  const report = JSON.parse(JSON.stringify(reportRecord(REPORT)));
  expect(report).toMatchObject({
    ...{ since: new Date(NOON - 1).toISOString(), until: null, station: null },
    total: { units: 2, firstPassYield: 0.5, ratePerHour: 40, medianTime: 90_000 },
    failures: [{ code: 'PROOF_FAILED', attempts: 1, units: 1 }],
    operators: [{ name: 'ann', passed: 1 }],
  });
  expect(report.stations[0]).toMatchObject({ name: '=cmd()', firstPassYield: 0, medianTime: null });
});
