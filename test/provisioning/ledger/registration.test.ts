import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import type { Attempt } from '../../../src/provisioning/ledger/attempt.js';
import type { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import { enlist, imeiOf, newLedger, PRODUCT_KEY, REASON, tripleOf } from './ledger-fixture.js';
import { thrown } from './thrown.js';

const IMEI = imeiOf(1);
const PRODUCT = { productKey: PRODUCT_KEY, productSecret: 'hush-product', nameTemplate: 'dev-{imei}' };
const BY = { operator: 'eve', reason: 'the device was reset in the console' };

async function withProduct(triples = 0): Promise<Ledger> {
  const ledger = await newLedger(triples);
  ledger.setProduct(PRODUCT, { operator: 'ida' });
  return ledger;
}

const begin = (ledger: Ledger, imei = IMEI) => enlist(ledger).attempt({ imei }, 'a');

/** What the next attempt is told after one that did this. */
async function nextReservation(ledger: Ledger, work: (attempt: Attempt) => Promise<unknown>) {
  const attempt = begin(ledger);
  attempt.reserve();
  await work(attempt).catch(() => {});
  attempt.fail(REASON);
  const next = begin(ledger);
  const reservation = next.reserve();
  next.fail(REASON);
  return reservation;
}

const ask = (attempt: Attempt, code: ErrorCode) =>
  attempt.step('register', () => Promise.reject(new ModemError(code, 'no')));

describe('With a product', () => {
  it('a triple is named after the IMEI, and its secret comes from the cloud.', async () => {
    const ledger = await withProduct();
    expect(ledger.product()).toEqual(PRODUCT);
    const attempt = begin(ledger);
    expect(attempt.reserve()).toMatchObject({
      record: {
        deviceName: `dev-${IMEI}`,
        origin: 'registration',
        batch: `registration with ${PRODUCT_KEY}`,
      },
      ...{ triple: undefined, again: false, unansweredRegistration: undefined },
    });
    await attempt.step('register', async () => attempt.registered('hush-device'));
    attempt.fail(REASON);
    const triple = { productKey: PRODUCT_KEY, deviceName: `dev-${IMEI}`, deviceSecret: 'hush-device' };
    expect(begin(ledger).reserve()).toMatchObject({ triple, again: true });
  });

  it('the triples of files are used up first.', async () => {
    const ledger = await withProduct(1);
    expect(begin(ledger).reserve()?.triple).toEqual(tripleOf(1));
    expect(begin(ledger, imeiOf(2)).reserve()?.record.deviceName).toBe(`dev-${imeiOf(2)}`);
  });

  it('a name that a file has brought is refused.', async () => {
    const ledger = await newLedger(0);
    const names = [imeiOf(2), imeiOf(1)].map((imei) => ({ ...tripleOf(1), deviceName: `dev-${imei}` }));
    ledger.importTriples(
      { source: 'names.csv', operator: 'ida' },
      names.map((triple, index) => ({ line: index, triple })),
    );
    ledger.setProduct(PRODUCT, { operator: 'ida' });
    expect(begin(ledger, imeiOf(1)).reserve()?.record.deviceName).toBe(`dev-${imeiOf(2)}`);
    expect(begin(ledger, imeiOf(3)).reserve()?.record.deviceName).toBe(`dev-${imeiOf(1)}`);
    expect(thrown(() => begin(ledger, imeiOf(2)).reserve())).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it.each(['x', 'dev-{IMEI}', '{imei}-'.padEnd(40, 'x'), 'ä{imei}', '{imei}{imei}{imei}'])(
    'the template %j is refused.',
    async (nameTemplate) => {
      const ledger = await newLedger(0);
      const set = () => ledger.setProduct({ ...PRODUCT, nameTemplate }, { operator: 'ida' });
      expect(thrown(set)).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'nameTemplate' });
    },
  );

  it('the newest product counts, and modules keep what they have.', async () => {
    const ledger = await withProduct();
    begin(ledger).reserve();
    ledger.setProduct({ ...PRODUCT, nameTemplate: 'new-{imei}' }, { operator: 'ida' });
    expect(begin(ledger, imeiOf(2)).reserve()?.record.deviceName).toBe(`new-${imeiOf(2)}`);
    expect(ledger.triples({ imei: IMEI })).toMatchObject([{ deviceName: `dev-${IMEI}` }]);
  });
});

describe('A registration is unanswered', () => {
  it.each<[string, (attempt: Attempt) => Promise<unknown>]>([
    ['the answer did not come', (attempt) => ask(attempt, 'REGISTRATION_UNANSWERED')],
    ['it ended in a way that says nothing', (attempt) => ask(attempt, 'TIMEOUT')],
    [
      'the cloud gave out what is no secret',
      (attempt) => attempt.step('register', async () => attempt.registered('with space')),
    ],
    ['it was done, and the secret is not there', (attempt) => attempt.step('register', async () => {})],
    [
      'it was asked for again, in vain',
      async (attempt) => {
        await ask(attempt, 'REGISTRATION_UNANSWERED').catch(() => {});
        await ask(attempt, 'REGISTRATION_FAILED');
      },
    ],
  ])('when %s.', async (_what, work) => {
    const before = Date.now();
    const reservation = await nextReservation(await withProduct(), work);
    expect(reservation?.unansweredRegistration).toBeGreaterThanOrEqual(before);
    expect(reservation?.unansweredRegistration).toBeLessThanOrEqual(Date.now());
  });

  it('when the station was interrupted before its answer.', async () => {
    const ledger = await withProduct();
    const run = enlist(ledger);
    const attempt = run.attempt({ imei: IMEI }, 'a');
    attempt.reserve();
    const step = attempt.step('register', () => new Promise<void>(() => {}));
    run.end();
    expect(begin(ledger).reserve()?.unansweredRegistration).toBeTypeOf('number');
    expect(step).toBeInstanceOf(Promise);
  });

  it('also after a release: whether the cloud gave out a secret does not change by that.', async () => {
    const ledger = await withProduct();
    await nextReservation(ledger, (attempt) => ask(attempt, 'REGISTRATION_UNANSWERED'));
    ledger.release({ imei: IMEI }, BY);
    expect(begin(ledger).reserve()?.unansweredRegistration).toBeTypeOf('number');
  });
});

describe('A registration is answered', () => {
  it.each<ErrorCode>(['REGISTRATION_FAILED', 'REGISTRATION_REFUSED', 'ABORTED'])(
    'by %s: it may be asked for again.',
    async (code) => {
      const reservation = await nextReservation(await withProduct(), (attempt) => ask(attempt, code));
      expect(reservation).toMatchObject({
        triple: undefined,
        unansweredRegistration: undefined,
        again: true,
      });
    },
  );

  it('by the secret that a repetition has brought.', async () => {
    const reservation = await nextReservation(await withProduct(), async (attempt) => {
      await ask(attempt, 'REGISTRATION_UNANSWERED').catch(() => {});
      await attempt.step('register', async () => attempt.registered('hush-device'));
    });
    expect(reservation).toMatchObject({ unansweredRegistration: undefined });
    expect(reservation?.triple?.deviceSecret).toBe('hush-device');
  });
});

describe('A registered secret', () => {
  it('is stored once: the same again is nothing new, another one is refused.', async () => {
    const ledger = await withProduct();
    const attempt = begin(ledger);
    attempt.reserve();
    attempt.registered('hush-device');
    attempt.registered('hush-device');
    expect(thrown(() => attempt.registered('hush-other'))).toMatchObject({ code: 'LEDGER_UNUSABLE' });
    expect(thrown(() => attempt.registered('with space'))).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(ledger.secretOf(1)?.deviceSecret).toBe('hush-device');
  });

  it('outlives a release, and only its own module gets it again.', async () => {
    const ledger = await withProduct();
    await nextReservation(ledger, (attempt) =>
      attempt.step('register', async () => attempt.registered('hush-device')),
    );
    expect(ledger.release({ imei: IMEI }, BY)).toMatchObject({ state: 'new', imei: undefined });
    expect(begin(ledger, imeiOf(2)).reserve()?.record.deviceName).toBe(`dev-${imeiOf(2)}`);
    const again = begin(ledger).reserve();
    expect(again).toMatchObject({ record: { deviceName: `dev-${IMEI}` }, again: false });
    expect(again?.triple?.deviceSecret).toBe('hush-device');
  });

  it('that the cloud refused goes with a release, so that a new one can be asked for.', async () => {
    const ledger = await withProduct();
    const attempt = begin(ledger);
    attempt.reserve();
    await attempt.step('register', async () => attempt.registered('hush-device'));
    attempt.fail({ code: 'SIGNATURE_REFUSED', message: 'the cloud refuses the login' });
    ledger.release({ imei: IMEI }, BY);
    expect(begin(ledger).reserve()).toMatchObject({ triple: undefined, unansweredRegistration: undefined });
  });
});
