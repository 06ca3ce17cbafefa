import { describe, expect, it } from 'vitest';
import { faultNamed } from '../faults.js';
import type { Disturbance } from '../injector.js';
import { casePlan } from '../plan.js';
import type { AttemptRow, Books, StepRow } from './books.js';
import { judgeCloud } from './cloud.js';
import type { Findings, Seen } from './findings.js';
import { judgeReasons } from './reasons.js';
import { judgeTold } from './told.js';

const IMEI = '861326070275653';
const OTHER = '861326070275661';

const ATTEMPT: AttemptRow = {
  ...{ id: 1, imei: IMEI, triple_id: 1, device_name: 'meter-1', port: 'tcp://a' },
  ...{ started_at: 100, ended_at: 200, outcome: 'passed', reason_code: null, reason_message: null },
};

const NOTHING: Seen = {
  ...{ heard: [], logins: [], proofs: [], refusals: [], offline: [], registrations: [] },
  issued: new Map([['meter-1', ['secret']]]),
};

const HEARD = { at: 110, imei: IMEI, productKey: 'p', deviceName: 'meter-1', deviceSecret: 'secret' };
const GOOD: Seen = {
  ...NOTHING,
  heard: [HEARD],
  logins: [{ at: 120, deviceName: 'meter-1' }],
  proofs: [{ at: 130, deviceName: 'meter-1' }],
};

function findings(seen: Seen, disturbances: readonly Disturbance[] = []): Findings {
  return {
    ...{ plan: casePlan(1, 'file', 2), ledger: import.meta.filename, imeis: [IMEI], seen, disturbances },
    ...{ stations: [], trace: 'aliauth', calmSince: 1_000 },
  };
}

function books(attempts: readonly AttemptRow[], steps: readonly StepRow[] = []): Books {
  return { triples: [], attempts, steps, faults: [] };
}

function failed(code: string): AttemptRow {
  return { ...ATTEMPT, outcome: 'failed', reason_code: code, reason_message: 'said so' };
}

function disturbance(name: string, imei?: string, until = 150): Disturbance {
  const { kind, ...rest } = { kind: faultNamed(name), lag: 0, hold: 0, unit: 0, count: 1 };
  return { fault: { kind, ...rest, moment: { at: 'login', count: 1 } }, imei, from: 120, until };
}

describe('the verdict', () => {
  it('takes an attempt for good whose triple, login and proof were seen', () => {
    expect(judgeCloud(findings(GOOD), books([ATTEMPT]))).toEqual([]);
  });

  it.each<[what: string, seen: Seen]>([
    ['triple', { ...GOOD, heard: [] }],
    ['login', { ...GOOD, logins: [] }],
    ['proof', { ...GOOD, proofs: [] }],
    ['proof', { ...GOOD, proofs: [{ at: 300, deviceName: 'meter-1' }] }],
    ['proof', { ...GOOD, proofs: [{ at: 115, deviceName: 'meter-1' }] }],
  ])('finds an attempt that passed without a %s', (what, seen) => {
    const violations = judgeCloud(findings(seen), books([ATTEMPT]));
    expect(violations).toContain(`attempt 1 at ${IMEI} passed, and nobody saw its ${what}`);
  });

  it.each<[what: string, heard: Partial<typeof HEARD>]>([
    ['a name in two modules', { imei: OTHER }],
    ['two names in a module', { deviceName: 'meter-2' }],
    ['a secret of nobody', { deviceSecret: 'else' }],
  ])('finds %s', (_what, changes) => {
    const seen = { ...GOOD, heard: [HEARD, { ...HEARD, ...changes }] };
    expect(judgeCloud(findings(seen), books([ATTEMPT]))).not.toEqual([]);
  });

  it('finds a registration that was asked for again without an order', () => {
    const asked = (at: number) => ({ at, deviceName: 'meter-1', result: 'lost', answered: false }) as const;
    const seen: Seen = { ...GOOD, registrations: [asked(110), asked(160)] };
    const intent = (id: number, at: number): StepRow => ({
      ...{ id, at, attempt_id: 1, triple_id: 1, event: 'register', what: 'intent', code: null },
      intent_id: null,
    });
    const both = [intent(1, 105), intent(2, 155)];
    expect(judgeCloud(findings(seen), books([ATTEMPT], both))).toEqual([
      'meter-1 was asked for again without an order',
    ]);
    const surely = { ...intent(3, 111), what: 'failed', code: 'REGISTRATION_FAILED', intent_id: 1 };
    expect(judgeCloud(findings(seen), books([ATTEMPT], [...both, surely]))).toEqual([]);
    expect(judgeCloud(findings(seen), books([ATTEMPT]))).toContain('meter-1 was asked for without an intent');
  });

  it.each<[code: string, disturbances: readonly Disturbance[], good: boolean]>([
    ['MODULE_LOST', [], false],
    ['MODULE_LOST', [disturbance('unplug', IMEI)], true],
    ['MODULE_LOST', [disturbance('unplug', OTHER)], false],
    ['CLOUD_UNREACHABLE', [disturbance('unplug', IMEI)], false],
    ['CLOUD_UNREACHABLE', [disturbance('network-cut')], true],
    ['CLOUD_UNREACHABLE', [disturbance('silent', IMEI)], true],
    ['CLOUD_UNREACHABLE', [disturbance('silent', IMEI, 300)], false],
    ['REGISTRATION_UNANSWERED', [disturbance('cloud-cut')], false],
    ['SIGNATURE_REFUSED', [disturbance('cloud-refuse-login')], false],
    ['INTERRUPTED', [disturbance('network-cut')], false],
    ['INTERRUPTED', [disturbance('kill')], true],
  ])('judges %s by what disturbed the module', (code, disturbances, good) => {
    const violations = judgeReasons(findings(GOOD, disturbances), books([failed(code)]));
    expect(violations.length === 0).toBe(good);
  });

  it('finds a PASS that the ledger does not have, and a secret', () => {
    const line = { event: 'result', outcome: 'passed', imei: IMEI, deviceName: 'meter-1' } as const;
    const told = {
      ...{ startedAt: 0, lines: [line], strange: [], stdout: 'the secret', stderr: '' },
      exit: { code: 0, signal: null },
    };
    const violations = judgeTold({ ...findings(GOOD), stations: [told] }, books([ATTEMPT]));
    expect(violations).toEqual([
      `station 1 told passed of ${IMEI}, which is not verified in the ledger`,
      'a secret stands in stdout',
    ]);
  });
});
