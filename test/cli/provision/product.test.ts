import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finished, runCli } from '../run-cli.js';
import { ledgerContents } from './ledger-contents.js';

let folder: string;
let ledger: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('provision product', () => {
  const SECRET = '7jluWm1zql7bt8qK';
  const setUp = async (args: readonly string[], secret = SECRET): Promise<Finished> => {
    const finished = await runCli(['provision', ...args, '--product-key', 'a1X2bEnP82z'], {
      environment: { ATMQTT_LEDGER: ledger, ATMQTT_PRODUCT_SECRET: secret },
    });
    expect(String(finished.stdout) + finished.stderr).not.toContain(SECRET);
    return finished;
  };

  it.each(['product', 'import'])('sets up dynamic registration, as %s', async (command) => {
    const { code, stdout, stderr } = await setUp([command, '--name-template', 'meter-{imei}']);
    expect({ code, stderr, stdout: String(stdout) }).toEqual({
      code: 0,
      stderr: '',
      stdout: 'product a1X2bEnP82z is set up: devices are named meter-{imei}\n',
    });
    expect((await ledgerContents(ledger)).product).toEqual({
      productKey: 'a1X2bEnP82z',
      productSecret: SECRET,
      nameTemplate: 'meter-{imei}',
    });
  });

  it('replaces another product only if it is told to', async () => {
    await setUp(['product']);
    expect(String((await setUp(['product', '--json'])).stdout)).toBe(
      '{"productKey":"a1X2bEnP82z","nameTemplate":"{imei}","changed":false}\n',
    );
    expect(await setUp(['product'], 'another')).toMatchObject({
      code: 2,
      stderr:
        'atmqtt: the ledger has product a1X2bEnP82z already, named {imei}, with another secret: ' +
        'give --replace to change that\n',
    });
    const { stdout } = await setUp(['product', '--replace', '--json'], 'another');
    expect(JSON.parse(String(stdout))).toMatchObject({ changed: true });
    expect((await ledgerContents(ledger)).product?.productSecret).toBe('another');
  });

  it('wants a product', async () => {
    const { code, stderr } = await runCli(['provision', 'product', '--ledger', ledger]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/required option '--product-key <key>' not specified/);
    expect(existsSync(ledger)).toBe(false);
  });
});
