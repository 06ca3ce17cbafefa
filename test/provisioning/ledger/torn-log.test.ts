import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { seededRandom } from '../../../src/util/random.js';
import { imeiOf, newLedger, newPath, openLedger, provision, rowsOf } from './ledger-fixture.js';
import { rawRows } from './raw.js';

const SEED = Number(process.env.LEDGER_SEED ?? Date.now() % 1_000_000);

const ROUNDS = 30;

it(`A copy whose log is torn or damaged opens with what was complete before (LEDGER_SEED=${SEED}).`, async () => {
  const random = seededRandom(SEED);
  const { path } = await newLedger(0);
  const ledger = await openLedger(path);
  ledger.importTriples({ source: 'f', operator: 'o' }, rowsOf(1, 20));
  for (let number = 1; number <= 12; number += 1) await provision(ledger, imeiOf(number));
  const log = readFileSync(`${path}-wal`);
  expect(log.length).toBeGreaterThan(100_000);
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const copy = newPath();
    copyFileSync(path, copy);
    writeFileSync(`${copy}-wal`, round % 2 === 0 ? torn(log, random()) : damaged(log, random()));
    const left = await Ledger.open(copy, { create: true });
    expect([0, 20]).toContain(left.triples().length);
    const passed = left.attempts().filter(({ outcome }) => outcome === 'passed');
    const verified = left.triples({ states: ['verified'] }).map(({ imei }) => imei);
    for (const { imei } of passed) expect(verified).toContain(imei);
    found.push(passed.length);
    left.close();
    expect(rawRows(copy, 'PRAGMA integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
    expect(rawRows(copy, 'PRAGMA foreign_key_check')).toEqual([]);
  }
  // Some lost much and some little: the test has seen the middle.
  expect(new Set(found).size).toBeGreaterThan(2);
});

function torn(log: Buffer, place: number): Buffer {
  return log.subarray(0, Math.floor(log.length * place));
}

/** One byte is another one. */
function damaged(log: Buffer, place: number): Buffer {
  const copy = Buffer.from(log);
  const at = Math.floor(log.length * place);
  copy[at] = (copy[at] ?? 0) ^ 0x40;
  return copy;
}
