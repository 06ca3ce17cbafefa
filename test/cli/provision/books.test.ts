import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { IMEIS, makeLedger, PRODUCT_KEY, provision } from './books-fixture.js';

let folder: string;
let ledger: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

const cli = (command: string, ...args: string[]) =>
  runCli(['provision', command, '--ledger', ledger, ...args]);

const NO_PROOF = { code: 'PROOF_MISSING', message: 'the proof message did not come' };

describe('provision status', () => {
  it('counts the triples, and says who works on what', async () => {
    await makeLedger(ledger, 4, async (books) => {
      await provision(books, IMEIS[0]);
      await provision(books, IMEIS[1], {}, NO_PROOF);
      const run = books.enlist({ station: 'line-2', operator: 'bob' });
      run.attempt({ imei: IMEIS[2] }, 'tcp://fixture:4001').reserve();
      // As long as this test runs, its process does: the station lives.
      const { stdout } = await cli('status');
      const text = String(stdout);
      expect(text).toMatch(
        /^ledger .*factory\.db: 4 triples\n {2}new {7}1 {2}free\n {2}reserved {2}1 {2}bound/,
      );
      expect(text).toMatch(/verified {2}1 {2}proved, .*\n.*exported {2}0 .*\n.*failed {4}1 /);
      expect(text).toContain(
        `at work: line-2 (bob) on tcp://fixture:4001: module ${IMEIS[2]} with meter-0003`,
      );
      expect(text).toMatch(/last activity \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/);
      const json = JSON.parse(String((await cli('status', '--json')).stdout));
      expect(json).toMatchObject({
        ...{ free: 1, product: null, unfinishedExports: [] },
        open: [{ station: 'line-2', imei: IMEIS[2], alive: true }],
      });
    });
  });

  it('tells of exports that were cut short', async () => {
    await makeLedger(ledger, 1, async (books) => {
      await provision(books, IMEIS[0]);
      books.beginExport({ operator: 'eve', file: join(folder, 'shift.csv') });
    });
    const { stdout } = await cli('status');
    expect(String(stdout)).toMatch(/export 1 of 1 module to .*shift\.csv was cut short: the next export/);
  });

  it('needs a ledger that is there', async () => {
    expect(await cli('status')).toMatchObject({ code: 1, stderr: expect.stringContaining('factory.db') });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('provision report', () => {
  it('prints figures, failures, stations and operators', async () => {
    await makeLedger(ledger, 3, async (books) => {
      await provision(books, IMEIS[0]);
      await provision(books, IMEIS[1], { station: 'line-2', operator: 'bob' }, NO_PROOF);
      await provision(books, IMEIS[1], { station: 'line-2', operator: 'bob' });
    });
    const { code, stdout, stderr } = await cli('report', '--since', 'today');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = String(stdout);
    expect(text).toMatch(/^Report from \d{4}-\d\d-\d\d 00:00:00\n/);
    expect(text).toMatch(/units +2 +2 passed\n/);
    expect(text).toMatch(/first pass +50\.0 % /);
    expect(text).toMatch(/retries +1 +of 3 attempts/);
    expect(text).toMatch(/1 × +1 unit +PROOF_MISSING +last: the proof message did not come/);
    expect(text).toMatch(/Station .*\nline-1 .*\nline-2 .*\n\nOperator .*\nann .*\nbob /);
    const json = JSON.parse(String((await cli('report', '--json', '--station', 'line-2')).stdout));
    expect(json).toMatchObject({ station: 'line-2', total: { units: 1, passed: 1, retries: 1 } });
  });

  it('goes into a new file, in the format of its name', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    const file = join(folder, 'shift.csv');
    const written = await cli('report', '-o', file);
    expect(String(written.stdout)).toBe(`report of 1 unit written to ${file}\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/^Scope,Name,Units,.*\r\nall,,1,1,0,/);
    expect(await cli('report', '-o', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('shift.csv" is there already: give a new file'),
    });
    expect(await cli('report', '-o', join(folder, 'x.csv'), '--format', 'json')).toMatchObject({ code: 2 });
  });

  it('says when there was nothing, and what is no date', async () => {
    await makeLedger(ledger, 0);
    const { stdout } = await cli('report', '--until', 'yesterday');
    expect(String(stdout)).toMatch(/^Report until .* 00:00:00\nNo attempt at a module\.\n$/);
    expect(await cli('report', '--since', 'tomorrow')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^atmqtt: since is "tomorrow", but must be today, yesterday/),
    });
  });
});

describe('provision labels', () => {
  it('come as sheets for the modules that were chosen', async () => {
    await makeLedger(ledger, 3, async (books) => {
      for (const imei of IMEIS.slice(0, 3)) await provision(books, imei);
    });
    await cli('export', '-o', join(folder, 'e.csv'));
    const file = join(folder, 'l.svg');
    const one = await cli('labels', '--imei', IMEIS[1], '-o', file);
    expect(String(one.stdout)).toBe(`1 label in ${file}\n`);
    expect(readFileSync(file, 'utf8')).toContain(`>IMEI ${IMEIS[1]}</text>`);
    const sheets = await cli(
      'labels',
      '--export',
      '1',
      '--columns',
      '2',
      '--rows',
      '1',
      '-o',
      file,
      '--json',
    );
    expect(JSON.parse(String(sheets.stdout))).toEqual({
      labels: 3,
      files: [1, 2].map((page) => join(folder, `l-${page}.svg`)),
    });
    const table = join(folder, 'l.csv');
    expect((await cli('labels', '--since', 'today', '-o', table)).code).toBe(0);
    expect(readFileSync(table, 'utf8').split('\r\n')[1]).toBe(
      `meter-0001,${IMEIS[0]},IMEI:${IMEIS[0]};DN:meter-0001`,
    );
  });

  it('are for verified modules alone', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0], {}, NO_PROOF));
    const file = join(folder, 'l.csv');
    expect(await cli('labels', '--imei', IMEIS[0], '-o', file)).toMatchObject({
      code: 1,
      stderr: `atmqtt: no label for what was not verified: ${IMEIS[0]}\n`,
    });
    expect(await cli('labels', '--all-verified', '-o', file)).toMatchObject({
      code: 0,
      stderr: 'atmqtt: no verified module is among them: no file is written\n',
    });
    expect(readdirSync(folder)).not.toContain('l.csv');
  });

  it.each([
    [[], 'one of --export'],
    [['--all-verified', '--since', 'today'], 'one of --export'],
    [['--export', '7'], 'number of an export'],
    [['--all-verified', '--columns', '20', '--format', 'svg'], 'columns is 20'],
    [['--all-verified', '--margin', '51'], 'from 0 to 50'],
  ])('refuse %j', async (args, words) => {
    await makeLedger(ledger, 0);
    const result = await cli('labels', '-o', join(folder, 'labels'), ...args);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});

describe('provision audit', () => {
  it('tells every step of a module or triple in order', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    const { stdout } = await cli('audit', IMEIS[0]);
    const lines = String(stdout).trimEnd().split('\n');
    const steps = lines.filter((line) => / (write|connect|prove) /.test(line));
    expect(steps.map((line) => /(write|connect|prove) +(\w+)/.exec(line)?.slice(1).join(' '))).toEqual([
      ...['write intent', 'write done', 'connect intent', 'connect done', 'prove intent', 'prove done'],
    ]);
    for (const line of steps) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}line-1 {2}ann +\/dev\/ttyUSB0/);
      expect(line).toContain(IMEIS[0]);
    }
    const json = await cli('audit', 'meter-0001', '--json');
    const entries = String(json.stdout)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map(({ event }) => event)).toEqual(expect.arrayContaining(['import', 'write', 'prove']));
    const times = entries.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
  });

  it('knows nothing of a name that never came', async () => {
    await makeLedger(ledger, 1);
    expect(await cli('audit', 'nobody')).toMatchObject({
      code: 1,
      stderr: 'atmqtt: the ledger knows no module and no triple of the name "nobody"\n',
    });
  });
});

describe('the books', () => {
  it('are written over nothing, whatever the command', async () => {
    await makeLedger(ledger, 1, (books) => provision(books, IMEIS[0]));
    const file = join(folder, 'old.csv');
    writeFileSync(file, PRODUCT_KEY);
    for (const args of [['export'], ['report'], ['labels', '--all-verified']]) {
      const [command = '', ...more] = args;
      expect(await cli(command, ...more, '-o', file)).toMatchObject({ code: 2 });
    }
    expect(readFileSync(file, 'utf8')).toBe(PRODUCT_KEY);
  });
});
