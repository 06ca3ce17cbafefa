import { describe, expect, it } from 'vitest';
import { auditColumns, auditRecord, auditTrail } from '../../../src/cli/provision/audit/run.js';
import { fileFormat } from '../../../src/cli/provision/new-file.js';
import { reportLines } from '../../../src/cli/provision/report/run.js';
import { statusLines, statusRecord } from '../../../src/cli/provision/status/run.js';
import { makeReport } from '../../../src/provisioning/books/report.js';
import type { AuditRecord } from '../../../src/provisioning/ledger/ledger-types.js';
import { attempt, IMEI, NOON } from '../../provisioning/books/records.js';

describe('the report for people', () => {
  it('stands in columns, with what a failure means', () => {
    const reason = { code: 'PROOF_FAILED', message: 'no answer\r\nwithin 10 s' };
    const report = makeReport(
      [
        attempt(1, { startedAt: NOON, endedAt: NOON + 60_000 }),
        attempt(2, {
          imei: '2',
          startedAt: NOON + 60_000,
          endedAt: NOON + 120_000,
          outcome: 'failed',
          reason,
        }),
        attempt(3, { imei: '3', startedAt: NOON + 120_000, outcome: 'already' }),
      ],
      { station: 'line-1' },
    );
    expect(reportLines(report)).toEqual([
      'Report station line-1',
      'Worked from 2026-06-10 12:00:00 to 2026-06-10 12:02:10: 2 min 10 s',
      '',
      'units       3          1 passed, 1 failed, 1 verified already',
      'first pass  50.0 %     of the modules that came for the first time',
      'retries     0          of 2 attempts',
      'rate        27.7/h     passes over the working time, pauses above 10 min left out',
      'time        1 min 0 s  median of an attempt that passes, 95 % within 1 min 0 s',
      '',
      'Failures',
      '1 ×  1 unit  PROOF_FAILED  the proof message was not answered  last: no answer within 10 s',
      '',
      'Station  units  passed  failed  interrupted  first pass  retries  rate    median     95 %',
      'line-1   3      1       1       0            50.0 %      0        27.7/h  1 min 0 s  1 min 0 s',
      '',
      'Operator  units  passed  failed  interrupted  first pass  retries  rate    median     95 %',
      'ann       3      1       1       0            50.0 %      0        27.7/h  1 min 0 s  1 min 0 s',
    ]);
  });

  it('has a dash for what cannot be told', () => {
    const lines = reportLines(makeReport([attempt(1, { outcome: undefined, endedAt: undefined })], {}));
    expect(lines[0]).toBe('Report of all there is');
    expect(lines.find((line) => line.startsWith('rate'))).toMatch(/^rate +– /);
    expect(lines.find((line) => line.startsWith('units'))).toMatch(/1 under way$/);
  });
});

describe('the status for people', () => {
  const facts = {
    ledger: 'factory.db',
    counts: { new: 1, reserved: 2, written: 0, verified: 3, exported: 4, failed: 5 },
    free: 1,
    product: { productKey: 'pk', nameTemplate: 'm-{imei}' },
    open: [
      { ...attempt(1, { startedAt: NOON, outcome: undefined }), alive: true },
      { ...attempt(2, { startedAt: NOON, deviceName: undefined, outcome: undefined }), alive: false },
    ],
    unfinished: [{ id: 7, file: '/tmp/a.csv', modules: 2 }],
    lastActivity: NOON,
  };

  it('tells what there is, who works, and what was left behind', () => {
    expect(statusLines(facts)).toEqual([
      'ledger factory.db: 15 triples',
      '  new       1  free',
      '  reserved  2  bound to a module, not in it yet',
      '  written   0  in a module, not proved yet',
      '  verified  3  proved, waiting for the next export',
      '  exported  4  proved and in the books',
      '  failed    5  bound to a module that failed',
      'product pk: devices are registered as m-{imei}',
      `at work: line-1 (ann) on /dev/ttyUSB0: module ${IMEI} with meter-1 since 2026-06-10 12:00:00`,
      `left behind: line-1 (ann) on /dev/ttyUSB0: module ${IMEI} since 2026-06-10 12:00:00; its station is gone, the next run takes it over`,
      'export 7 of 2 modules to /tmp/a.csv was cut short: the next export completes it',
      'last activity 2026-06-10 12:00:00',
    ]);
  });

  it('is complete in JSON', () => {
    expect(statusRecord(facts)).toMatchObject({
      ...{ free: 1, product: facts.product, unfinishedExports: facts.unfinished },
      open: [
        { attempt: 1, alive: true },
        { attempt: 2, alive: false, deviceName: null },
      ],
      lastActivity: new Date(NOON).toISOString(),
    });
    const empty = { ...facts, open: [], product: undefined, lastActivity: undefined };
    expect(statusRecord(empty)).toMatchObject({ product: null, lastActivity: null });
    expect(statusLines(empty).at(-1)).toBe('nothing happened yet');
  });

  it('does not call a triple free that was registered for a module', () => {
    const line = statusLines({ ...facts, free: 0 })[1];
    expect(line).toBe('  new       1  free, but for 1 that only the module of that name can get');
  });
});

describe('the audit', () => {
  const entry = (at: number, event: string, given: Partial<AuditRecord> = {}): AuditRecord => ({
    ...{ at, tripleId: 1, deviceName: undefined, imei: undefined, attemptId: undefined, station: undefined },
    ...{ operator: 'ann', port: undefined, event, what: 'done', detail: undefined, ...given },
  });

  it('joins what is known of a name as IMEI and as device name, each entry once, by time', () => {
    const both = entry(2, 'write');
    const books = {
      audit: ({ imei }: { imei?: string; deviceName?: string }) =>
        imei === undefined ? [both, entry(1, 'import')] : [both, entry(3, 'prove')],
    };
    expect(auditTrail(books, IMEI).map(({ event }) => event)).toEqual(['import', 'write', 'prove']);
  });

  it('tells a port and the name of its slot, in JSON apart', () => {
    const named = entry(NOON, 'write', { port: 'slot1=/dev/serial/by-id/usb-1' });
    expect(auditRecord(named)).toMatchObject({ slot: 'slot1', port: '/dev/serial/by-id/usb-1' });
    expect(auditColumns(named)).toContain('slot1=/dev/serial/by-id/usb-1');
    expect(auditRecord(entry(NOON, 'write', { port: '/dev/a=b' }))).toMatchObject({
      slot: null,
      port: '/dev/a=b',
    });
    expect(auditRecord(entry(NOON, 'import'))).toMatchObject({ slot: null, port: null });
  });

  it('stays on its line whatever a module has answered', () => {
    const columns = auditColumns(entry(NOON, 'write', { detail: 'a\r\nb\u001b[2Jc' }));
    expect(columns).toEqual([
      ...['2026-06-10 12:00:00.000', '–', 'ann', '–', '–', '–', 'write', 'done', 'a b [2Jc'],
    ]);
  });
});

describe('the format of a file', () => {
  it('is what was asked for, what its name says, or the first', () => {
    expect(fileFormat(['csv', 'svg'], undefined, 'a.SVG')).toBe('svg');
    expect(fileFormat(['csv', 'svg'], 'svg', 'labels')).toBe('svg');
    expect(fileFormat(['csv', 'svg'], undefined, undefined)).toBe('csv');
    expect(() => fileFormat(['csv', 'svg'], 'csv', 'a.svg')).toThrow(/^format is csv, but/);
  });
});
