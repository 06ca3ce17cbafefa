import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductOptions } from '../../../src/cli/provision/product/command.js';
import { productOf } from '../../../src/cli/provision/product/run.js';
import { type Finished, runCli } from '../run-cli.js';
import { ledgerContents } from './ledger-contents.js';

const SECRET = '7jluWm1zql7bt8qK';

let folder: string;
let ledger: string;
let secretFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  ledger = join(folder, 'factory.db');
  secretFile = join(folder, 'secret.txt');
  writeFileSync(secretFile, `${SECRET}\n`);
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('provision product', () => {
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

const GIVEN = { productKey: 'a1X2bEnP82z', productSecret: SECRET };

function refusal(options: ProductOptions, environment = {}): string {
  try {
    productOf(options, environment);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect((error as Error).message).not.toContain(SECRET);
    return (error as Error).message;
  }
}

describe('a product for dynamic registration', () => {
  it('has its secret from a file, an option or the environment', () => {
    const product = { ...GIVEN, nameTemplate: '{imei}' };
    const { productKey } = GIVEN;
    expect(productOf({ productKey, productSecretFile: secretFile }, {})).toEqual(product);
    expect(productOf(GIVEN, { ATMQTT_PRODUCT_SECRET: 'another' })).toEqual(product);
    expect(productOf({ productKey }, { ATMQTT_PRODUCT_SECRET: SECRET })).toEqual(product);
  });

  it('may name devices after more than the IMEI', () => {
    expect(productOf({ ...GIVEN, nameTemplate: 'meter-{imei}' }, {}).nameTemplate).toBe('meter-{imei}');
    expect(productOf({ ...GIVEN, nameTemplate: '{imei}@0123456789abcdef' }, {}).nameTemplate).toHaveLength(
      23,
    );
  });

  it('is refused when something is missing, or given twice', () => {
    const { productKey } = GIVEN;
    expect(refusal({})).toBe('no product: give --product-key');
    expect(refusal({ productKey }, { ATMQTT_PRODUCT_SECRET: '' })).toMatch(/^no ProductSecret: give /);
    expect(refusal({ ...GIVEN, productSecretFile: secretFile })).toMatch(/^two secrets: /);
  });

  it('is refused when it cannot be one, without its secret', () => {
    expect(refusal({ ...GIVEN, productKey: 'a b' })).toMatch(/^productKey is "a b", but/);
    expect(refusal({ ...GIVEN, productSecret: `${SECRET} ` })).toMatch(/^product-secret is \*\*\*, but/);
    expect(refusal({ ...GIVEN, productSecret: '' })).toMatch(/^product-secret is \*\*\*, but/);
  });

  it.each(['', 'meter', '{IMEI}', 'meter {imei}', '{imei}@0123456789abcdefg', '{imei}-{imei}-{imei}'])(
    'is refused when its devices would be named %j',
    (nameTemplate) => {
      expect(refusal({ ...GIVEN, nameTemplate })).toMatch(
        /^nameTemplate is .*, but must be a text with \{imei\}/,
      );
    },
  );
});
