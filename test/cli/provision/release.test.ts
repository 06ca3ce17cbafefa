import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';
import { IMEIS, makeLedger, PRODUCT_KEY, provision } from './books-fixture.js';

let folder: string;
let ledger: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
  await makeLedger(ledger, 2, (books) => provision(books, IMEIS[0]));
});

afterEach(() => rmSync(folder, { recursive: true }));

const REASON = 'the board was scrapped';

const release = (...args: string[]) =>
  runCli(['provision', 'release', '--ledger', ledger, '--operator', 'max', '--reason', REASON, ...args]);

const WARNING =
  'atmqtt: this triple was verified: the module works; if another module gets it, the two throw each other out of the cloud\n';

const isBound = async (): Promise<boolean> => {
  let bound = false;
  await makeLedger(ledger, 0, (books) => {
    bound = books.triples({ imei: IMEIS[0] }).length === 1;
  });
  return bound;
};

describe('provision release', () => {
  it('takes triple and module apart, says in which state they were, and keeps the reason', async () => {
    const { code, stdout, stderr } = await release('--imei', IMEIS[0], '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: WARNING });
    expect(String(stdout)).toBe(
      `released: meter-0001 and module ${IMEIS[0]} (verified); any module may get it now\n`,
    );
    expect(await isBound()).toBe(false);
    const audit = await runCli(['provision', 'audit', '--ledger', ledger, IMEIS[0]]);
    expect(String(audit.stdout)).toMatch(new RegExp(`max .* release .*${REASON}`));
  });

  it('warns of what may be in the field', async () => {
    await runCli(['provision', 'export', '--ledger', ledger, '-o', join(folder, 'e.csv')]);
    const { stdout, stderr } = await release('--device', 'meter-0001', '--yes', '--json');
    expect(JSON.parse(stderr).note).toContain('exported: the module may be in the field');
    expect(JSON.parse(String(stdout))).toEqual({
      released: { deviceName: 'meter-0001', productKey: PRODUCT_KEY, imei: IMEIS[0], state: 'exported' },
    });
  });

  it('leaves a registered triple to its module', async () => {
    await makeLedger(ledger, 0, async (books) => {
      await provision(books, IMEIS[1]);
      const product = { productKey: PRODUCT_KEY, productSecret: 'x'.repeat(16), nameTemplate: '{imei}' };
      books.setProduct(product, { operator: 'ida' });
      const run = books.enlist({ station: 's', operator: 'o' });
      run.attempt({ imei: IMEIS[2] }, 'COM1').reserve();
      run.end();
    });
    const { stdout } = await release('--device', IMEIS[2], '--yes');
    expect(String(stdout)).toMatch(/ \(reserved\); only module \d{15} can get it again\n$/);
    const status = await runCli(['provision', 'status', '--ledger', ledger, '--json']);
    expect(JSON.parse(String(status.stdout))).toMatchObject({ free: 0, counts: { new: 1 } });
  });

  it('does nothing unasked', async () => {
    const { code, stderr } = await release('--imei', IMEIS[0]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `release would take meter-0001 and module ${IMEIS[0]} (verified) apart: give --yes`,
    );
    expect(await isBound()).toBe(true);
  });

  it.each([
    [['--imei', '861326070279999'], 1, 'no triple is bound to "861326070279999"'],
    [['--device', 'meter-0002'], 1, 'no triple is bound to "meter-0002"'],
    [[], 2, 'one of --imei, --device'],
    [['--imei', IMEIS[0], '--device', 'meter-0001'], 2, 'one of --imei, --device'],
    [['--imei', IMEIS[0], '--reason', ' '], 2, 'reason is " ", but'],
  ])('with %j ends with %i', async (args, code, words) => {
    expect(await release('--yes', ...args)).toMatchObject({ code, stderr: expect.stringContaining(words) });
    expect(await isBound()).toBe(true);
  });
});

const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false;
if (!hasScript) console.warn('SKIPPED: questions on a terminal need script of util-linux');

describe.skipIf(!hasScript)('on a terminal, provision release asks', () => {
  it.each([
    ['y\n', 0, false],
    ['n\n', 1, true],
    ['\n', 1, true],
    ['\u0004', 1, true],
    ['\u0003', 130, true],
  ])('and takes %j for what it means', async (keys, code, bound) => {
    const command = `${process.execPath} bin/atmqtt.js provision release --ledger ${ledger} --imei ${IMEIS[0]} --reason '${REASON}'`;
    const terminal = spawn('script', ['-qec', command, '/dev/null']);
    let screen = '';
    terminal.stdout.on('data', (chunk: Buffer) => {
      const asked = screen.includes('[y/N]');
      screen += String(chunk);
      if (!asked && screen.includes('[y/N]')) terminal.stdin.write(keys);
    });
    const [ended] = await once(terminal, 'close');
    expect(screen).toContain(`Release meter-0001 and module ${IMEIS[0]} (verified)? [y/N] `);
    expect(ended).toBe(code);
    expect(await isBound()).toBe(bound);
  });
});
