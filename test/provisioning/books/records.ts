import type { AttemptRecord, TripleRecord } from '../../../src/provisioning/ledger/ledger-types.js';

export const IMEI = '861326070275653';

/** Noon of a day in summer, in the machine's time zone. */
export const NOON = new Date(2026, 5, 10, 12).getTime();

/** A passed attempt of 10 s, but for what is given. */
export function attempt(id: number, given: Partial<AttemptRecord> = {}): AttemptRecord {
  const startedAt = given.startedAt ?? NOON + id * 60_000;
  return {
    ...{ id, tripleId: id, deviceName: `meter-${id}`, imei: IMEI, station: 'line-1', operator: 'ann' },
    ...{ port: '/dev/ttyUSB0', startedAt, endedAt: startedAt + 10_000, outcome: 'passed', reason: undefined },
    ...given,
  };
}

/** A verified triple without its secret, but for what is given. */
export function record(given: Partial<TripleRecord> = {}): TripleRecord {
  return {
    ...{ id: 1, productKey: 'a1X2bEnP82z', deviceName: 'meter-1', state: 'verified', origin: 'file' },
    ...{ imei: IMEI, iccid: '89860012345678901234', firmware: 'NT26-1.0', reason: undefined, batch: 'b' },
    ...{ importedAt: NOON, changedAt: NOON, verifiedAt: Date.UTC(2026, 5, 10, 10), station: 'line-1' },
    ...{ operator: 'ann', exportId: undefined },
    ...given,
  };
}
