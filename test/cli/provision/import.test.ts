import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consoleFile, triples } from '../../provisioning/triples/triple-file.js';
import { runCli } from '../run-cli.js';
import { ledgerContents } from './ledger-contents.js';

let folder: string;
let ledger: string;
let csv: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
  csv = join(folder, 'triples.csv');
  writeFileSync(csv, consoleFile(triples(3)));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the import; no output of any may show a secret. */
async function importing(args: readonly string[], environment: Record<string, string> = {}) {
  const finished = await runCli(['provision', 'import', ...args], {
    environment: { ATMQTT_LEDGER: ledger, ...environment },
  });
  const { code, stderr } = finished;
  const stdout = String(finished.stdout);
  expect(stdout + stderr).not.toMatch(/ga7XA6KdlEei|7jluWm1zql7b/);
  return { code, stdout, stderr };
}

const FREE = 'free triples: 0 before, 3 now\n';

describe('provision import', () => {
  it('makes the ledger, and takes the triples in the order of the file', async () => {
    expect(await importing([csv, '--operator', 'Ann'])).toEqual({
      code: 0,
      stdout: `imported from ${csv} (UTF-8): 3 triples of product a1X2bEnP82z\n${FREE}`,
      stderr: '',
    });
    const { records, secrets } = await ledgerContents(ledger);
    expect(secrets).toEqual(triples(3));
    expect(records.map(({ state, origin }) => [state, origin])).toEqual(Array(3).fill(['new', 'file']));
    expect(statSync(ledger).mode & 0o777).toBe(0o600);
  });

  it('says the same as one object, with the columns that it has not read', async () => {
    writeFileSync(csv, `id;备注;设备名称;设备密钥\n1;"x;y";meter-1;${triples(1)[0]?.deviceSecret}\n`);
    const { code, stdout, stderr } = await importing([csv, '--product-key', 'a1X2bEnP82z', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ...{ file: csv, imported: 1, known: 0, dryRun: false, free: { before: 0, after: 1 } },
      ...{ productKeys: ['a1X2bEnP82z'], encoding: 'UTF-8', ignoredColumns: ['id', '备注'], warnings: 0 },
    });
    expect((await ledgerContents(ledger)).secrets).toEqual(triples(1));
    writeFileSync(csv, `id,DeviceName,DeviceSecret\n1,meter-2,${triples(2)[1]?.deviceSecret}\n`);
    const again = await importing([csv, '--product-key', 'a1X2bEnP82z']);
    expect(again).toMatchObject({ code: 0, stderr: 'atmqtt: not read: id\n' });
    expect(again.stdout).toMatch(/: 1 triple of product a1X2bEnP82z\nfree triples: 1 before, 2 now\n$/);
  });

  it('refuses a file with bad lines as a whole, and lists them', async () => {
    const rows = triples(25).map((triple) => ({ ...triple, deviceSecret: `${triple.deviceSecret} x` }));
    writeFileSync(csv, consoleFile(rows));
    const { code, stdout, stderr } = await importing([csv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const lines = stderr.split('\n');
    expect(lines).toHaveLength(23);
    expect(lines[0]).toMatch(
      /^atmqtt: line 2, DeviceSecret: it must be 1–64 .*, it has 35 characters, among them a blank \(U\+0020\)$/,
    );
    expect(lines[20]).toBe('atmqtt: and 5 more');
    expect(lines[21]).toBe(`atmqtt: ${csv} is refused as a whole: 25 problems`);
    expect(existsSync(ledger)).toBe(false);
  });

  it('refuses what the ledger has already', async () => {
    await importing([csv]);
    expect(await importing([csv])).toEqual({
      code: 2,
      stdout: '',
      stderr: `atmqtt: ${csv} is refused as a whole: the ledger has all of its devices already (3)\n`,
    });
    writeFileSync(csv, consoleFile(triples(5).reverse()));
    const { code, stderr } = await importing([csv, '--json']);
    expect(code).toBe(2);
    const told = stderr
      .trim()
      .split('\n')
      .map((line): object => JSON.parse(line));
    expect(told.slice(0, 3)).toMatchObject(
      [4, 5, 6].map((line) => ({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        note: `line ${line}, DeviceName: the ledger has this device already, from ${csv}`,
      })),
    );
    expect(told[3]).toMatchObject({ error: { code: 'FILE_REFUSED', exitCode: 2 } });
    expect((await ledgerContents(ledger)).records).toHaveLength(3);
  });

  it('checks with --dry-run, and changes nothing', async () => {
    expect(await importing([csv, '--dry-run'])).toEqual({
      code: 0,
      stdout:
        `${csv} (UTF-8) can be imported: 3 triples of product a1X2bEnP82z; nothing was changed\n` +
        'free triples: 0, afterwards 3\n',
      stderr: '',
    });
    expect(existsSync(ledger)).toBe(false);
    await importing([csv]);
    expect(await importing([csv, '--dry-run'])).toMatchObject({ code: 2 });
    writeFileSync(csv, consoleFile(triples(5).slice(3)));
    const { stdout } = await importing([csv, '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ found: 2, dryRun: true, free: { before: 3, after: 5 } });
    expect((await ledgerContents(ledger)).records).toHaveLength(3);
  });

  it('keeps the secrets encrypted if the ledger was made with a passphrase', async () => {
    const passphrase = join(folder, 'passphrase.txt');
    writeFileSync(passphrase, 'correct horse\n');
    expect(await importing([csv, '--passphrase-file', passphrase])).toMatchObject({ code: 0 });
    expect((await ledgerContents(ledger, 'correct horse')).secrets).toEqual(triples(3));
    writeFileSync(csv, consoleFile(triples(5).slice(3)));
    const wrong = await importing([csv], { ATMQTT_LEDGER_PASSPHRASE: 'wrong horse' });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/passphrase/);
    expect(await importing([csv], { ATMQTT_LEDGER_PASSPHRASE: 'correct horse' })).toMatchObject({ code: 0 });
  });

  it('tells what stands in the way', async () => {
    const failing = async (args: string[], environment?: Record<string, string>): Promise<string> => {
      const { code, stdout, stderr } = await importing(args, environment);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    expect(await failing([csv], { ATMQTT_LEDGER: '' })).toBe(
      'atmqtt: no ledger: give --ledger <file> or set ATMQTT_LEDGER\n',
    );
    expect(await failing([])).toBe('atmqtt: no file: give the CSV with the triples\n');
    expect(await failing([`${csv}x`])).toBe(`atmqtt: ${csv}x is refused as a whole: there is no such file\n`);
    expect(await failing([csv, '--operator', ''])).toMatch(/^atmqtt: operator is "", but/);
    expect(await failing([csv, '--product-secret', '7jluWm1zql7bt8qK'])).toMatch(
      /^atmqtt: a file brings the secrets of its devices: .*`atmqtt provision product`\n$/,
    );
    expect(existsSync(ledger)).toBe(false);
  });

  it('asks for --yes when a file looks odd', async () => {
    const [first, second] = triples(2).map(({ deviceSecret }) => deviceSecret);
    const cut = second?.slice(0, 20);
    writeFileSync(csv, `DeviceName,DeviceSecret,ProductKey\nmeter-1,${first},p\nmeter-2,${cut},p\n`);
    const odd =
      'atmqtt: odd: line 3, DeviceSecret: it has 20 characters, most of the others have 33: ' +
      'was it cut short? Download the file again\n';
    expect(await importing([csv])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${odd}atmqtt: ${csv} looks odd in 1 place: compare it with the console of the cloud, then give --yes\n`,
    });
    expect(existsSync(ledger)).toBe(false);
    const dry = await importing([csv, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: odd });
    expect(dry.stdout).toContain('can be imported with --yes: 2 triples');
    expect(await importing([csv, '--yes'])).toMatchObject({ code: 0, stderr: odd });
    expect((await ledgerContents(ledger)).records).toHaveLength(2);
  });

  it('takes what is new of a download with all devices so far', async () => {
    await importing([csv]);
    writeFileSync(csv, consoleFile(triples(5)));
    const refused = await importing([csv]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /is refused as a whole: 3 problems; --new-only takes the other devices\n$/,
    );
    expect(await importing([csv, '--new-only', '--dry-run'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        '2 triples of product a1X2bEnP82z; 3 left out, the ledger has them already',
      ),
    });
    const { stdout } = await importing([csv, '--new-only', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ imported: 2, known: 3, free: { before: 3, after: 5 } });
    expect((await ledgerContents(ledger)).secrets).toEqual(triples(5));
    expect(await importing([csv, '--new-only'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(': 0 triples of product a1X2bEnP82z; 5 left out'),
    });
    writeFileSync(csv, consoleFile(triples(1).map((one) => ({ ...one, deviceSecret: 'x1'.repeat(16) }))));
    const other = await importing([csv, '--new-only']);
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(/DeviceSecret: the ledger has this device with another secret/);
  });
});
