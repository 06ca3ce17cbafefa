import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductOptions } from '../../../src/cli/provision/product/options.js';
import { productOf } from '../../../src/cli/provision/product/product-of.js';

const SECRET = '7jluWm1zql7bt8qK';
const GIVEN = { productKey: 'a1X2bEnP82z', productSecret: SECRET };

let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'secret.txt');
  writeFileSync(path, `${SECRET}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

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
    expect(productOf({ productKey, productSecretFile: path }, {})).toEqual(product);
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
    expect(refusal({ ...GIVEN, productSecretFile: path })).toMatch(/^two secrets: /);
  });

  it('is refused when it cannot be one, without its secret', () => {
    expect(refusal({ ...GIVEN, productKey: 'a b' })).toMatch(/^productKey: "a b" is refused/);
    expect(refusal({ ...GIVEN, productSecret: `${SECRET} ` })).toMatch(/^product-secret: \*\*\* is refused/);
    expect(refusal({ ...GIVEN, productSecret: '' })).toMatch(/^product-secret: \*\*\* is refused/);
  });

  it.each(['', 'meter', '{IMEI}', 'meter {imei}', '{imei}@0123456789abcdefg', '{imei}-{imei}-{imei}'])(
    'is refused when its devices would be named %j',
    (nameTemplate) => {
      expect(refusal({ ...GIVEN, nameTemplate })).toMatch(/^nameTemplate: .* must be a text with \{imei\}/);
    },
  );
});
