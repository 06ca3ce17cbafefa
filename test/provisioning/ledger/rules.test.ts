import { beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/provisioning/ledger/attempt.js';
import type { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { enlist, imeiOf, newLedger, prove, provision } from './ledger-fixture.js';
import { rawRows, rawSql } from './raw.js';

/** Triple 1 is verified in module 1, triple 2 is reserved in an open attempt for module 2, triple 3 is free. */
let ledger: Ledger;
let attempt: Attempt;

beforeEach(async () => {
  ledger = await newLedger(3);
  await provision(ledger, imeiOf(1));
  attempt = enlist(ledger).attempt({ imei: imeiOf(2) }, '/dev/ttyUSB1');
  attempt.reserve();
  await attempt.step('write', async () => {});
});

const [ONE, TWO, THREE] = [1, 2, 3].map((number) => `'${imeiOf(number)}'`);

const STAYS = 'a triple stays with its module unless it is released';
const CHANGE = 'this state may not follow on that one';
const ATTEMPT = 'only an open attempt at the module changes its triple';
const PROOF = 'only a proof in this very attempt verifies a triple';
const EXPORT = 'an export takes what is verified, and lists it';
const NEVER = 'never';
const CHECK = 'CHECK constraint failed';
const release = (triple: number, imei: string | undefined, reason = 'scrapped') =>
  `INSERT INTO release (triple_id, imei, operator, reason, at) VALUES (${triple}, ${imei}, 'eve', '${reason}', 1)`;

describe('The file itself refuses', () => {
  it.each([
    [
      'a second triple for a module',
      `DROP TRIGGER triple_attempt; UPDATE triple SET state='reserved', imei=${ONE} WHERE id=3`,
      'UNIQUE constraint failed: triple.imei',
    ],
    [
      'another module for a triple',
      `DROP TRIGGER triple_attempt; UPDATE triple SET imei=${THREE} WHERE id=1`,
      STAYS,
    ],
    [
      'another module for a triple in work',
      `DROP TRIGGER triple_attempt; UPDATE triple SET imei=${THREE} WHERE id=2`,
      STAYS,
    ],
    [
      'a binding that is wiped out',
      "DROP TRIGGER triple_state_change; UPDATE triple SET imei=NULL, state='new' WHERE id=1",
      STAYS,
    ],
    [
      'a binding that is wiped out after a release of another one',
      `DROP TRIGGER triple_state_change; ${release(1, ONE)}; UPDATE triple SET imei=NULL, state='new' WHERE id=2`,
      STAYS,
    ],
    [
      'a free triple for a module nobody works on',
      `UPDATE triple SET state='reserved', imei=${THREE} WHERE id=3`,
      ATTEMPT,
    ],
    [
      'a free triple for a module that has one',
      `UPDATE triple SET state='reserved', imei=${TWO} WHERE id=3`,
      ATTEMPT,
    ],
    [
      'a change of a triple that nobody works on',
      "UPDATE triple SET state='failed', reason_code='X', reason_message='x' WHERE id=1",
      ATTEMPT,
    ],
    [
      'a state that was skipped',
      "UPDATE triple SET state='failed', reason_code='X', reason_message='x' WHERE id=2; UPDATE triple SET state='written', reason_code=NULL, reason_message=NULL WHERE id=2",
      CHANGE,
    ],
    [
      'a way back to the pool',
      "DROP TRIGGER triple_binding; UPDATE triple SET state='new', imei=NULL WHERE id=2",
      CHANGE,
    ],
    ['a state that is none', "UPDATE triple SET state='shipped' WHERE id=2", CHANGE],
    [
      'written before reserved',
      `DROP TRIGGER triple_attempt; UPDATE triple SET state='written', imei=${THREE} WHERE id=3`,
      CHANGE,
    ],
    [
      'verified without a proof',
      "UPDATE triple SET state='written' WHERE id=2; UPDATE triple SET state='verified', verified_at=1, verified_attempt=2 WHERE id=2",
      PROOF,
    ],
    [
      'the proof of another attempt',
      "UPDATE triple SET state='written' WHERE id=2; UPDATE triple SET state='verified', verified_at=1, verified_attempt=1 WHERE id=2",
      PROOF,
    ],
    ['another date of a proof', 'UPDATE triple SET verified_at=99 WHERE id=1', PROOF],
    ['exported without an export', "UPDATE triple SET state='exported', export_id=1 WHERE id=1", EXPORT],
    [
      'exported in an export that does not list it',
      "INSERT INTO export (id, file, operator, at) VALUES (1, 'f', 'o', 1); UPDATE triple SET state='exported', export_id=1 WHERE id=1",
      EXPORT,
    ],
    ['failed without a reason', "UPDATE triple SET state='failed' WHERE id=2", CHECK],
    [
      'a reason that says nothing',
      "UPDATE triple SET state='failed', reason_code='X', reason_message='' WHERE id=2",
      CHECK,
    ],
    ['a reason without a failure', "UPDATE triple SET reason_code='X', reason_message='x' WHERE id=2", CHECK],
    ['another secret', "UPDATE triple SET secret='x' WHERE id=3", 'the secret of a triple is set once'],
    ['another name', "UPDATE triple SET device_name='other' WHERE id=3", NEVER],
    ['a device that comes twice', insertTriple('meter-0001'), 'UNIQUE constraint failed'],
    [
      'a triple that begins with a module',
      insertTriple('meter-9', 'verified'),
      'a triple begins new and free',
    ],
    ['a triple of a file without a secret', insertTriple('meter-9', 'new', 'NULL'), CHECK],
    ['a triple that is deleted', 'DELETE FROM triple WHERE id=3', NEVER],
    ['an IMEI of 14 digits', insertAttempt("'86132607000001'"), CHECK],
    ['an IMEI with a letter', insertAttempt("'86132607000001a'"), CHECK],
    ['two open attempts at a module', insertAttempt(TWO), 'UNIQUE constraint failed'],
    ['an attempt at the triple of another', insertAttempt(THREE, 2), 'UNIQUE constraint failed'],
    [
      'an attempt that changes its triple',
      'UPDATE attempt SET triple_id=3 WHERE id=2',
      'an attempt has one triple',
    ],
    [
      'an attempt that begins again',
      'UPDATE attempt SET outcome=NULL, ended_at=NULL WHERE id=1',
      'stays as it is',
    ],
    ['a failure without a reason', "UPDATE attempt SET outcome='failed', ended_at=1 WHERE id=2", CHECK],
    ['an attempt that is deleted', 'DELETE FROM attempt WHERE id=1', NEVER],
    ['a step that is changed', "UPDATE journal SET what='done' WHERE id=1", NEVER],
    ['a step that is rubbed out', 'DELETE FROM journal WHERE id=1', NEVER],
    [
      'a step of an attempt that has ended',
      insertStep(1, 'prove', 'intent'),
      'steps belong to an open attempt',
    ],
    ['an observation without an intent', insertStep(2, 'write', 'done'), CHECK],
    [
      'an observation of another step',
      insertStep(2, 'prove', 'done', intentOf('write', 2)),
      'an observation belongs to an intent',
    ],
    [
      'an observation of another attempt',
      insertStep(2, 'prove', 'done', intentOf('prove', 1)),
      'an observation belongs to an intent',
    ],
    [
      'two observations of one intent',
      insertStep(2, 'write', 'failed', intentOf('write', 2)),
      'UNIQUE constraint failed',
    ],
    ['a release without a reason', release(1, ONE, ' '), CHECK],
    ['a release of what is not bound', release(3, ONE), 'there is no such binding to release'],
    ['a release of another binding', release(1, THREE), 'there is no such binding to release'],
    [
      'a release that is there before it is done',
      `INSERT INTO release (triple_id, imei, operator, reason, at, done) VALUES (1, ${ONE}, 'e', 'r', 1, 1)`,
      'there is no such binding',
    ],
    ['a release while an attempt is open', release(2, TWO), 'an attempt at the module has not ended'],
    ['a release that is rubbed out', `${release(1, ONE)}; DELETE FROM release`, NEVER],
    ['a release that is used again', `${release(1, ONE)}; UPDATE release SET done=0`, NEVER],
    ['another batch', "UPDATE batch SET source='other'", NEVER],
    ['another way to open it', 'DELETE FROM meta', NEVER],
  ])('%s.', (_what, sql, why) => {
    const before = dump(ledger.path);
    expect(rawSql(ledger.path, sql)).toContain(why);
    expect(dump(ledger.path)).toEqual(before);
  });

  it('nothing that the station does: the same attempt goes on to its end.', async () => {
    await prove(attempt);
    attempt.pass();
    expect(ledger.counts()).toMatchObject({ new: 1, verified: 2 });
  });
});

describe('The file itself', () => {
  it('writes a change of state into the journal, whoever makes it.', () => {
    expect(rawSql(ledger.path, "UPDATE triple SET state='written', changed_at=77 WHERE id=2")).toBe('');
    const [last] = rawRows(ledger.path, 'SELECT * FROM journal ORDER BY id DESC LIMIT 1');
    expect(last).toMatchObject({
      ...{ at: 77, event: 'state', what: 'written' },
      triple_id: 2,
      attempt_id: 2,
    });
  });

  it('takes a binding away with its release, and tells both.', () => {
    expect(rawSql(ledger.path, release(1, ONE))).toBe('');
    expect(ledger.triples({ deviceName: 'meter-0001' })).toMatchObject([{ state: 'new', imei: undefined }]);
    expect(ledger.audit({ imei: imeiOf(1) }).at(-1)).toMatchObject({
      ...{
        event: 'release',
        what: 'verified',
        operator: 'eve',
        detail: 'scrapped',
        deviceName: 'meter-0001',
      },
    });
  });
});

function insertTriple(name: string, state = 'new', secret = "'s'"): string {
  return `INSERT INTO triple (batch_id, product_key, device_name, secret, origin, state, imported_at, changed_at)
    VALUES (1, 'a1X2bEnP82z', '${name}', ${secret}, 'file', '${state}', 1, 1)`;
}

function insertAttempt(imei: string | undefined, triple?: number): string {
  return `INSERT INTO attempt (run_id, triple_id, imei, port, started_at) VALUES (1, ${triple ?? 'NULL'}, ${imei}, 'p', 1)`;
}

function insertStep(attemptId: number, event: string, what: string, intent = 'NULL'): string {
  return `INSERT INTO journal (at, attempt_id, event, what, intent_id)
    VALUES (1, ${attemptId}, '${event}', '${what}', ${intent})`;
}

function intentOf(step: string, attemptId: number): string {
  return `(SELECT id FROM journal WHERE attempt_id=${attemptId} AND event='${step}' AND what='intent')`;
}

function dump(path: string): unknown {
  return ['triple', 'attempt', 'journal', 'release', 'export', 'batch', 'meta'].map((table) =>
    rawRows(path, `SELECT * FROM ${table}`),
  );
}
