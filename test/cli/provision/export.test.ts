import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportText } from '../../../src/provisioning/books/export-rows.js';
import { runCli } from '../run-cli.js';
import { IMEIS, makeLedger, PRODUCT_KEY, provision } from './books-fixture.js';

let folder: string;
let ledger: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
  file = join(folder, 'shift.csv');
});

afterEach(() => rmSync(folder, { recursive: true }));

const exportTo = (path: string, ...more: string[]) =>
  runCli(['provision', 'export', '--ledger', ledger, '--operator', 'eve', '-o', path, ...more]);

const rowsIn = (path: string) =>
  parse(readFileSync(path, 'utf8'), { columns: true }) as Record<string, string>[];

/** An export that died between its intent and its file. */
const cutShort = (path: string) =>
  makeLedger(ledger, 0, (books) => {
    books.beginExport({ operator: 'eve', file: path });
  });

describe('provision export', () => {
  it('writes what was verified, once', async () => {
    await makeLedger(ledger, 5, async (books) => {
      await provision(books, IMEIS[0]);
      await provision(books, IMEIS[1], {}, { code: 'PROOF_FAILED', message: 'no proof' });
      await provision(books, IMEIS[2], { station: 'line-2', operator: 'bob' });
    });
    const first = await exportTo(file);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(String(first.stdout)).toBe(`export 1: 2 modules in ${file}\n`);
    expect(rowsIn(file)).toEqual([
      {
        ...{
          DeviceName: 'meter-0001',
          ProductKey: PRODUCT_KEY,
          IMEI: IMEIS[0],
          ICCID: '89860012345678901234',
        },
        ...{ Firmware: `'=NT26("1.0")`, VerifiedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
        ...{ Station: 'line-1', Operator: 'ann' },
      },
      expect.objectContaining({
        DeviceName: 'meter-0003',
        IMEI: IMEIS[2],
        Station: 'line-2',
        Operator: 'bob',
      }),
    ]);
    const again = await exportTo(join(folder, 'again.csv'));
    expect(again).toMatchObject({
      code: 0,
      stderr: 'atmqtt: nothing was verified since the last export: no file is written\n',
    });
    await makeLedger(ledger, 0, (books) => provision(books, IMEIS[3]));
    const json = join(folder, 'next.json');
    const next = await exportTo(json, '--json');
    expect(JSON.parse(String(next.stdout))).toEqual({ export: 2, file: json, modules: 1, finished: false });
    expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual([
      expect.objectContaining({ imei: IMEIS[3], firmware: '=NT26("1.0")' }),
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part') || name === 'again.csv')).toEqual([]);
  });

  it('marks nothing as exported when the file cannot be written', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    writeFileSync(file, 'old');
    const paths = [
      [file, /shift\.csv" is there already: give a new file$/m],
      [
        join(folder, 'no', 'folder.csv'),
        /^atmqtt: cannot write ".*folder\.csv": no such file or directory$/m,
      ],
    ] as const;
    for (const [path, message] of paths) {
      expect(await exportTo(path)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
    }
    expect(readFileSync(file, 'utf8')).toBe('old');
    await makeLedger(ledger, 0, (books) =>
      expect(books.counts()).toMatchObject({ verified: 1, exported: 0 }),
    );
  });

  it('completes what was cut short, under its own name, before anything else', async () => {
    await makeLedger(ledger, 2, (books) => provision(books, IMEIS[0]));
    await cutShort(file);
    await makeLedger(ledger, 0, (books) => provision(books, IMEIS[1]));
    const next = join(folder, 'next.csv');
    const { code, stdout } = await exportTo(next);
    expect(code).toBe(0);
    expect(String(stdout)).toBe(
      `export 1, which was cut short, is complete: 1 module in ${file}\nexport 2: 1 module in ${next}\n`,
    );
    expect([file, next].map((path) => rowsIn(path).map(({ IMEI }) => IMEI))).toEqual([
      [IMEIS[0]],
      [IMEIS[1]],
    ]);
  });

  it('given the same command again after a crash completes that export alone', async () => {
    await makeLedger(ledger, 2, (books) => provision(books, IMEIS[0]));
    await cutShort(file);
    await makeLedger(ledger, 0, (books) => provision(books, IMEIS[1]));
    const { code, stdout, stderr } = await exportTo(file);
    expect(code).toBe(0);
    expect(String(stdout)).toBe(`export 1, which was cut short, is complete: 1 module in ${file}\n`);
    expect(stderr).toBe('atmqtt: 1 module verified since then: export to another file\n');
    await makeLedger(ledger, 0, (books) =>
      expect(books.counts()).toMatchObject({ verified: 1, exported: 1 }),
    );
  });

  it('takes a file that was in place before the crash for what it is', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    await makeLedger(ledger, 0, (books) => {
      const { records = [] } = books.beginExport({ operator: 'eve', file }) ?? {};
      writeFileSync(file, exportText(records, 'csv'));
    });
    const before = statSync(file);
    expect(await exportTo(file)).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(file)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    await makeLedger(ledger, 0, (books) => expect(books.unfinishedExports()).toEqual([]));
  });

  it('leaves another file of that name alone, and says what to do', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    await cutShort(file);
    writeFileSync(file, 'something else');
    const { code, stderr } = await exportTo(join(folder, 'next.csv'));
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--repeat 1 -o <file>'),
    });
    expect(readFileSync(file, 'utf8')).toBe('something else');
    const other = join(folder, 'other.csv');
    const repeated = await exportTo(other, '--repeat', '1');
    expect(String(repeated.stdout)).toBe(
      `export 1, which was cut short, is complete: 1 module in ${other}\n`,
    );
    expect(rowsIn(other)).toHaveLength(1);
    expect(await exportTo(join(folder, 'more.csv'))).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing was verified'),
    });
  });

  it('repeats an earlier export to the byte, whatever has happened since', async () => {
    await makeLedger(ledger, 3, async (books) => {
      for (const imei of IMEIS.slice(0, 3)) await provision(books, imei);
    });
    await exportTo(file);
    await makeLedger(ledger, 0, async (books) => {
      books.release({ imei: IMEIS[0] }, { operator: 'max', reason: 'scrapped' });
      await provision(books, IMEIS[1], { station: 'line-9' });
    });
    const copy = join(folder, 'copy.csv');
    const { stdout } = await exportTo(copy, '--repeat', '1');
    expect(String(stdout)).toBe(`export 1: 3 modules in ${copy}\n`);
    expect(readFileSync(copy)).toEqual(readFileSync(file));
    expect(await exportTo(join(folder, 'x.csv'), '--repeat', '9')).toMatchObject({
      code: 2,
      stderr: 'atmqtt: repeat is 9, but must be the number of an export\n',
    });
  });

  it('wants a name that tells the format', async () => {
    await makeLedger(ledger, 0);
    for (const [name, format] of [
      ['a.csv', 'json'],
      ['a.txt', 'json'],
    ] as const) {
      expect(await exportTo(join(folder, name), '--format', format)).toMatchObject({ code: 2 });
    }
  });
});
