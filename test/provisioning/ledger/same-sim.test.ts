import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { enlist, imeiOf, newLedger, newPath, openLedger, prove } from './ledger-fixture.js';
import { rawRows, rawSql } from './raw.js';
import { thrown } from './thrown.js';

const IMEI = imeiOf(1);
const SIM = '89860425102170123456';
const OTHER = '898600B5012345678901';

/** A ledger in which the module is verified, with this ICCID. */
async function verified(iccid: string | undefined): Promise<Ledger> {
  const ledger = await newLedger(2);
  const run = enlist(ledger);
  const attempt = run.attempt({ imei: IMEI, iccid }, 'a');
  await prove(attempt);
  attempt.pass();
  run.end();
  return ledger;
}

describe('A triple that was verified in a module', () => {
  it.each([
    ['another SIM', SIM, OTHER],
    ['a SIM that cannot be read', SIM, undefined],
    ['a SIM that can be read only now', undefined, SIM],
    ['a SIM that could never be read', undefined, undefined],
  ])('neither goes into one with %s, nor is that taken for it.', async (_what, then, now) => {
    const ledger = await verified(then);
    const run = enlist(ledger);
    const attempt = run.attempt({ imei: IMEI, iccid: now }, 'b');
    const refused = { code: 'LEDGER_UNUSABLE', message: expect.stringContaining('another SIM') };
    expect(thrown(() => attempt.already())).toMatchObject(refused);
    expect(thrown(() => attempt.pass())).toMatchObject(refused);
    attempt.reserve();
    let written = false;
    const write = attempt.step('write', async () => {
      written = true;
    });
    await expect(write).rejects.toMatchObject(refused);
    expect(written).toBe(false);
    await attempt.step('prove', async () => {});
    expect(thrown(() => attempt.verified())).toMatchObject(refused);
    attempt.fail({ code: 'SIM_UNKNOWN', message: 'it cannot be said' });

    const accepting = run.attempt({ imei: IMEI, iccid: now }, 'b', { acceptOtherSim: true });
    await prove(accepting);
    accepting.pass();
    expect(ledger.triples({ imei: IMEI })).toMatchObject([{ state: 'verified', iccid: now }]);
  });

  it('goes into it again with the same SIM, in whatever form that is told.', async () => {
    const ledger = await verified('8986042510217012345f');
    const run = enlist(ledger);
    const attempt = run.attempt({ imei: IMEI, iccid: '8986042510217012345' }, 'b');
    await prove(attempt);
    attempt.pass();
    run.attempt({ imei: IMEI, iccid: '8986042510217012345F' }, 'b').already();
    expect(ledger.attempts().map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'already']);
  });

  it('is free of that when it was released.', async () => {
    const ledger = await verified(undefined);
    ledger.release({ imei: IMEI }, { operator: 'ida', reason: 'scrapped' });
    const attempt = enlist(ledger).attempt({ imei: IMEI }, 'b');
    await prove(attempt);
    attempt.pass();
    expect(ledger.triples({ imei: IMEI })).toMatchObject([{ state: 'verified' }]);
  });

  it('that an operator lets go into another SIM is a fact of that attempt for ever.', async () => {
    const { path } = await verified(SIM);
    expect(rawSql(path, 'UPDATE attempt SET other_sim = 1')).toMatch(/never changes|stays as it is/);
  });
});

/** Made by the version before: fixtures/ledgers/version-1.db. */
async function oldLedger(): Promise<Ledger> {
  const path = newPath();
  copyFileSync(fileURLToPath(new URL('../../../fixtures/ledgers/version-1.db', import.meta.url)), path);
  return openLedger(path);
}

describe('A ledger of version 1', () => {
  it('opens with all that it has, and is one of the newest version then.', async () => {
    const ledger = await oldLedger();
    expect(rawRows(ledger.path, 'PRAGMA user_version')).toMatchObject([{ user_version: 3 }]);
    expect(ledger.counts()).toEqual({
      ...{ new: 2, reserved: 1, written: 0, verified: 3, exported: 1, failed: 1 },
    });
    expect(ledger.triples().map(({ imei, iccid }) => [imei, iccid])).toEqual([
      [imeiOf(1), SIM],
      [imeiOf(2), '8986042510217012345f'],
      [imeiOf(3), undefined],
      [imeiOf(4), '898604251021701234AB'],
      [imeiOf(5), undefined],
      [imeiOf(6), undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(ledger.attempts()).toHaveLength(6);
    expect(ledger.audit({ imei: imeiOf(1) }).at(-1)).toMatchObject({ event: 'export' });
    expect(ledger.exports()).toMatchObject([{ file: 'shift.csv', triples: 1 }]);
    ledger.enlist({ station: 'line-1', operator: 'ann' });
  });

  it('knows its modules again by their SIM, and no others.', async () => {
    const ledger = await oldLedger();
    const run = enlist(ledger);
    const look = (number: number, iccid?: string) => () => {
      const attempt = run.attempt({ imei: imeiOf(number), iccid }, 'a');
      try {
        attempt.already();
      } finally {
        attempt.fail({ code: 'SIM_UNKNOWN', message: 'if it is open still' });
      }
    };
    // A failure behind the end is none: it has ended.
    const closed = { code: 'CLOSED' };
    expect(thrown(look(1, SIM))).toMatchObject(closed);
    expect(thrown(look(2, '8986042510217012345'))).toMatchObject(closed);
    expect(thrown(look(4, '898604251021701234ab'))).toMatchObject(closed);
    for (const attempt of [look(1, OTHER), look(1), look(3), look(3, SIM)]) {
      expect(thrown(attempt)).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    }
  });

  it('goes on with what was begun.', async () => {
    const ledger = await oldLedger();
    const run = enlist(ledger);
    for (const number of [5, 6]) {
      const attempt = run.attempt({ imei: imeiOf(number), iccid: SIM }, 'a');
      await prove(attempt);
      attempt.pass();
      expect(ledger.triples({ imei: imeiOf(number) })).toMatchObject([
        { state: 'verified', deviceName: `meter-000${number}`, iccid: SIM },
      ]);
    }
  });
});
