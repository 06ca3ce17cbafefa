import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { imeiOf, newLedger, openLedger, PRODUCT_KEY, provision, tripleOf } from './ledger-fixture.js';
import { rawRows, rawSql } from './raw.js';
import { thrown } from './thrown.js';

const PASSPHRASE = 'correct horse battery';
const PRODUCT = { productKey: PRODUCT_KEY, productSecret: 'hush-product', nameTemplate: 'dev-{imei}' };

/** All bytes of the ledger: the file, its log, its shared memory. */
function bytesOf(path: string): string {
  const folder = dirname(path);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join();
}

async function filled(passphrase?: string) {
  const ledger = await newLedger(3, passphrase === undefined ? {} : { passphrase });
  ledger.setProduct(PRODUCT, { operator: 'ida' });
  for (const number of [1, 2, 3]) await provision(ledger, imeiOf(number));
  const attempt = ledger.enlist({ station: 's', operator: 'o' }).attempt({ imei: imeiOf(4) }, 'a');
  attempt.reserve();
  attempt.registered('hush-device');
  return ledger;
}

describe('With a passphrase', () => {
  it('no secret is in the file or its log, and each is given back as it was.', async () => {
    const ledger = await filled(PASSPHRASE);
    expect(bytesOf(ledger.path)).toContain('meter-0001');
    expect(bytesOf(ledger.path)).not.toContain('hush');
    ledger.close();
    expect(bytesOf(ledger.path)).not.toContain('hush');
    const again = await openLedger(ledger.path, { passphrase: PASSPHRASE });
    expect(again.verifiedTripleOf(imeiOf(1))).toEqual(tripleOf(1));
    expect(again.product()).toEqual(PRODUCT);
    expect(again.secretOf(4)?.deviceSecret).toBe('hush-device');
  });

  it('each secret is sealed for itself: the same one twice is not the same text.', async () => {
    const ledger = await newLedger(0, { passphrase: PASSPHRASE });
    const rows = [1, 2].map((line) => ({ line, triple: { ...tripleOf(line), deviceSecret: 'hush-same' } }));
    ledger.importTriples({ source: 'f', operator: 'o' }, rows);
    const secrets = rawRows<{ secret: string }>(ledger.path, 'SELECT secret FROM triple');
    expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(2);
  });

  it('a secret that was moved to another triple, or damaged, is not given out.', async () => {
    const ledger = await newLedger(3, { passphrase: PASSPHRASE });
    const sql = `DROP TRIGGER triple_secret;
      UPDATE triple SET secret = (SELECT secret FROM triple WHERE id = 1) WHERE id = 2;
      UPDATE triple SET secret = 'AAAA' WHERE id = 3`;
    expect(rawSql(ledger.path, sql)).toBe('');
    expect(ledger.secretOf(1)).toEqual(tripleOf(1));
    for (const id of [2, 3]) {
      expect(thrown(() => ledger.secretOf(id))).toMatchObject({
        code: 'LEDGER_UNUSABLE',
        message: expect.stringContaining('a secret in it is damaged'),
      });
    }
  });

  it.each([
    ['another one', 'Correct horse battery', 'the passphrase is wrong'],
    ['none', undefined, 'its secrets are encrypted: give the passphrase'],
  ])('%s does not open it.', async (_which, passphrase, why) => {
    const ledger = await newLedger(1, { passphrase: PASSPHRASE });
    const options = { create: true, ...(passphrase === undefined ? {} : { passphrase }) };
    const error = await Ledger.open(ledger.path, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'LEDGER_UNUSABLE', message: expect.stringContaining(why) });
    if (passphrase !== undefined) expect(String(error)).not.toContain(passphrase);
  });

  it('typed in another form of Unicode it is the same.', async () => {
    const ledger = await newLedger(1, { passphrase: 'Schlüssel'.normalize('NFC') });
    ledger.close();
    const again = await openLedger(ledger.path, { passphrase: 'Schlüssel'.normalize('NFD') });
    expect(again.secretOf(1)).toEqual(tripleOf(1));
  });
});

describe('Without a passphrase', () => {
  it('the secrets are in the file as they are: this test can see them.', async () => {
    expect(bytesOf((await filled()).path)).toContain('hush-product');
  });

  it('a ledger cannot be opened with one.', async () => {
    const ledger = await newLedger(1);
    await expect(Ledger.open(ledger.path, { passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'LEDGER_UNUSABLE',
      message: expect.stringContaining('only a new ledger takes one'),
    });
  });

  it('an empty one is refused.', async () => {
    await expect(newLedger(0, { passphrase: '' })).rejects.toMatchObject({ field: 'passphrase' });
  });
});
