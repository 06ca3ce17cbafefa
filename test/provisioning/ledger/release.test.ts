import { describe, expect, it } from 'vitest';
import { ImeiInUse } from '../../../src/provisioning/ledger/attempt-records.js';
import { enlist, imeiOf, newLedger, prove, provision, tripleOf } from './ledger-fixture.js';
import { thrown } from './thrown.js';

const IMEI = imeiOf(1);
const BY = { operator: 'eve', reason: ' module broken, scrapped ' };

describe('A release', () => {
  it('makes the triple free for another module, and keeps who, why, and from which module.', async () => {
    const ledger = await newLedger(2);
    await provision(ledger, IMEI);
    expect(ledger.release({ imei: IMEI }, BY)).toMatchObject({
      ...{ deviceName: 'meter-0001', state: 'new', imei: undefined, verifiedAt: undefined },
      ...{ station: undefined, exportId: undefined },
    });
    expect(ledger.verifiedTripleOf(IMEI)).toBeUndefined();
    expect(
      enlist(ledger)
        .attempt({ imei: imeiOf(2) }, 'a')
        .reserve()?.triple,
    ).toEqual(tripleOf(1));
    expect(ledger.audit({ deviceName: 'meter-0001' }).find(({ event }) => event === 'release')).toMatchObject(
      {
        ...{ what: 'verified', imei: IMEI, operator: 'eve', detail: 'module broken, scrapped' },
      },
    );
    // The module of before has nothing any more.
    expect(enlist(ledger).attempt({ imei: IMEI }, 'b').reserve()?.triple).toEqual(tripleOf(2));
  });

  it('takes the name of the device as well, also of an exported one.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, IMEI);
    ledger.finishExport(ledger.beginExport({ operator: 'eve', file: 'shift.csv' })?.id ?? 0);
    expect(ledger.release({ deviceName: 'meter-0001' }, BY)).toMatchObject({ state: 'new' });
    const events = ledger.audit({ imei: IMEI }).map(({ event, what }) => `${event} ${what}`);
    expect(events.slice(-2)).toEqual(['export verified', 'release exported']);
    await provision(ledger, imeiOf(2));
    expect(ledger.beginExport({ operator: 'eve', file: 'next.csv' })?.records).toMatchObject([
      { imei: imeiOf(2), deviceName: 'meter-0001' },
    ]);
  });

  it('waits for no living station, and not for a dead one.', async () => {
    const ledger = await newLedger(1);
    const run = enlist(ledger);
    const attempt = run.attempt({ imei: IMEI }, '/dev/ttyUSB0');
    await prove(attempt);
    expect(thrown(() => ledger.release({ imei: IMEI }, BY))).toBeInstanceOf(ImeiInUse);
    expect(ledger.triples()).toMatchObject([{ state: 'verified', imei: IMEI }]);
    run.end();
    expect(ledger.release({ imei: IMEI }, BY)).toMatchObject({ state: 'new' });
  });

  it('needs a reason, and a binding.', async () => {
    const ledger = await newLedger(1);
    await provision(ledger, IMEI);
    const refused = (what: object, reason = 'x') =>
      thrown(() => ledger.release(what, { operator: 'eve', reason }));
    expect(refused({ imei: IMEI }, ' ')).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'reason' });
    expect(refused({})).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'module' });
    expect(refused({ imei: imeiOf(2) })).toMatchObject({ code: 'NOT_PROVISIONED' });
    expect(refused({ deviceName: 'meter-0002' })).toMatchObject({ code: 'NOT_PROVISIONED' });
    expect(refused({ imei: IMEI, deviceName: 'meter-0002' })).toMatchObject({ code: 'NOT_PROVISIONED' });
    expect(ledger.counts()).toMatchObject({ verified: 1 });
  });

  it('does not guess which of two products is meant.', async () => {
    const ledger = await newLedger(1);
    const triple = { ...tripleOf(2), deviceName: tripleOf(1).deviceName, productKey: 'other' };
    ledger.importTriples({ source: 'other.csv', operator: 'ida' }, [{ line: 2, triple }]);
    await provision(ledger, IMEI);
    await provision(ledger, imeiOf(2));
    const both = () => ledger.release({ deviceName: 'meter-0001' }, BY);
    expect(thrown(both)).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'deviceName' });
    ledger.release({ imei: imeiOf(2) }, BY);
    expect(both()).toMatchObject({ productKey: tripleOf(1).productKey });
  });
});
