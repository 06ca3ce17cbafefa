import { describe, expect, it } from 'vitest';
import { ModemError } from '../../../src/errors/modem-error.js';
import type { AuditRecord } from '../../../src/provisioning/ledger/ledger-types.js';
import { enlist, imeiOf, newLedger, openLedger, tripleOf } from './ledger-fixture.js';
import { rawSql } from './raw.js';

const IMEI = imeiOf(1);
const SECRET = tripleOf(1).deviceSecret;

const textOf = ({ event, what, detail }: AuditRecord) => [event, what, detail].filter(Boolean).join(' ');

async function reserved() {
  const ledger = await newLedger(1);
  const attempt = enlist(ledger).attempt({ imei: IMEI }, '/dev/ttyUSB0');
  attempt.reserve();
  const audit = () => ledger.audit({ imei: IMEI }).map(textOf);
  return { ledger, attempt, audit };
}

describe('A step', () => {
  it('stands in the ledger before it is done, for every process to see, and after.', async () => {
    const { ledger, attempt, audit } = await reserved();
    const other = await openLedger(ledger.path);
    const meanwhile = await attempt.step(
      'connect',
      async () => other.audit({ imei: IMEI }).map(textOf),
      'with a will',
    );
    expect(meanwhile.at(-1)).toBe('connect intent with a will');
    expect(audit()).toEqual([
      ...['import file triples.csv, line 2', 'attempt begun', 'state reserved'],
      ...['connect intent with a will', 'connect done'],
    ]);
  });

  it('gives what it gave, and throws what it threw.', async () => {
    const { attempt, audit } = await reserved();
    expect(await attempt.step('read-back', async () => 7)).toBe(7);
    const error = new ModemError('CONNECT_REFUSED', 'the broker answered 4');
    await expect(attempt.step('connect', () => Promise.reject(error))).rejects.toBe(error);
    expect(audit().slice(-2)).toEqual([
      'connect intent',
      'connect failed CONNECT_REFUSED: the broker answered 4',
    ]);
  });

  it('that throws before it returns a promise has failed, too.', async () => {
    const { attempt, audit } = await reserved();
    const run = () => {
      throw new TypeError('not a promise');
    };
    await expect(attempt.step('reset', run)).rejects.toThrow('not a promise');
    expect(audit().at(-1)).toBe('reset failed TypeError: not a promise');
  });

  it('is not done when its intent cannot be written.', async () => {
    const { ledger, attempt } = await reserved();
    ledger.close();
    let done = false;
    const run = async () => {
      done = true;
    };
    await expect(attempt.step('write', run)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(done).toBe(false);
  });

  it('whose end cannot be written stays an intent, and its error is the one that is told.', async () => {
    const { ledger, attempt, audit } = await reserved();
    const full = () =>
      rawSql(
        ledger.path,
        "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END",
      );
    const gone = new ModemError('PORT_CLOSED', 'the port vanished');
    const run = () => {
      expect(full()).toBe('');
      return Promise.reject(gone);
    };
    await expect(attempt.step('write', run)).rejects.toBe(gone);
    expect(audit().at(-1)).toBe('write intent');
    await expect(attempt.step('write', async () => {})).rejects.toMatchObject({ code: 'LEDGER_UNUSABLE' });
  });

  it('tells no secret, wherever it shows up.', async () => {
    const { ledger, attempt } = await reserved();
    const line = `AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","meter-0001","${SECRET}"`;
    const plain = new Error(`the module says ${SECRET} twice: ${SECRET}`);
    await attempt.step('write', () => Promise.reject(plain), `with ${SECRET}`).catch(() => {});
    await attempt.step('write', () => Promise.reject(new Error(`${line}: ERROR`))).catch(() => {});
    attempt.fail({ code: 'WRITE_REFUSED', message: `it refuses ${line}` });
    const told = JSON.stringify([ledger.audit({ imei: IMEI }), ledger.attempts(), ledger.triples()]);
    expect(told).toContain('the module says *** twice: ***');
    expect(told).not.toContain(SECRET);
  });
});
