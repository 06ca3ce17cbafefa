import { describe, expect, test } from 'vitest';
import { clockToDate } from '../../src/modem/clock.js';
import { decodeRegistration } from '../../src/modem/registration.js';
import { rsrpToDbm, rsrqToDb, rssiToDbm, signalLevel } from '../../src/modem/signal.js';
import { simStatus } from '../../src/modem/sim.js';

describe('signal codes', () => {
  test.each([
    [0, -113],
    [1, -111],
    [27, -59],
    [31, -51],
    [32, undefined],
    [99, undefined],
    [-1, undefined],
  ])('<rssi> %i is %s dBm (TS 27.007 8.5)', (code, dBm) => expect(rssiToDbm(code)).toBe(dBm));

  test.each([
    [0, -141],
    [1, -140],
    [52, -89],
    [97, -44],
    [98, undefined],
    [255, undefined],
  ])('<rsrp> %i is %s dBm (TS 27.007 8.69)', (code, dBm) => expect(rsrpToDbm(code)).toBe(dBm));

  test.each([
    [0, -20],
    [1, -19.5],
    [34, -3],
    [35, undefined],
    [255, undefined],
  ])('<rsrq> %i is %s dB (TS 27.007 8.69)', (code, dB) => expect(rsrqToDb(code)).toBe(dB));
});

describe('signal level', () => {
  test.each([
    [-51, 'excellent'],
    [-55, 'excellent'],
    [-57, 'good'],
    [-59, 'good'],
    [-75, 'good'],
    [-77, 'fair'],
    [-91, 'fair'],
    [-93, 'poor'],
    [-113, 'poor'],
    [undefined, 'none'],
  ])('an RSSI of %s dBm alone is %s', (rssi, level) =>
    expect(signalLevel({ rssi, rsrp: undefined })).toBe(level),
  );

  test.each([
    [-80, 'excellent'],
    [-81, 'good'],
    [-90, 'good'],
    [-91, 'fair'],
    [-100, 'fair'],
    [-101, 'poor'],
    [-141, 'poor'],
  ])('an RSRP of %s dBm is %s, whatever the RSSI', (rsrp, level) =>
    expect(signalLevel({ rssi: -51, rsrp })).toBe(level),
  );
});

describe('registration', () => {
  test.each([
    [0, 'not-registered', false],
    [1, 'home', true],
    [2, 'searching', false],
    [3, 'denied', false],
    [4, 'unknown', false],
    [5, 'roaming', true],
    [6, 'unknown', false],
    [8, 'emergency-only', false],
    [99, 'unknown', false],
  ])('<stat> %i is %s', (stat, status, registered) =>
    expect(decodeRegistration({ stat })).toEqual({ status, registered }),
  );

  test('the location is kept', () => {
    expect(decodeRegistration({ stat: 5, tac: 0x25d5, cell: 0xa1b2c3d, act: 7 })).toEqual({
      status: 'roaming',
      registered: true,
      tac: 9685,
      cell: 169552957,
      act: 7,
    });
  });
});

test.each([
  ['READY', 'ready'],
  ['SIM PIN', 'pin'],
  ['SIM PUK', 'puk'],
  ['SIM PIN2', 'ready'],
  ['PH-NET PIN', 'locked'],
  ['NOT INSERTED', 'absent'],
  ['NOT READY', 'busy'],
  ['SIM FAILURE', 'failed'],
])('+CPIN: %s means that the SIM is %s', (raw, state) => expect(simStatus(raw)).toEqual({ state, raw }));

describe('clock', () => {
  const reading = { year: 26, month: 11, day: 20, hour: 19, minute: 5, second: 9 };
  const iso = (change: object) => clockToDate({ ...reading, ...change })?.toISOString();

  test('local time and zone give universal time', () => {
    expect(iso({ zone: 32 })).toBe('2026-11-20T11:05:09.000Z');
    expect(iso({ zone: -14 })).toBe('2026-11-20T22:35:09.000Z');
    expect(iso({ zone: 0 })).toBe('2026-11-20T19:05:09.000Z');
    expect(iso({})).toBe('2026-11-20T19:05:09.000Z');
  });

  test('the zone can change the year', () => {
    expect(iso({ month: 1, day: 1, hour: 0, zone: 32 })).toBe('2025-12-31T16:05:09.000Z');
  });

  test('a leap day is a date, in a leap year', () => {
    expect(iso({ year: 28, month: 2, day: 29 })).toBe('2028-02-29T19:05:09.000Z');
    expect(iso({ year: 27, month: 2, day: 29 })).toBeUndefined();
  });

  test.each([
    { year: 70, month: 1, day: 1 },
    { year: 80, month: 1, day: 6 },
    { year: 0, month: 1, day: 1 },
    { year: 19 },
    { month: 0 },
    { month: 13 },
    { day: 0 },
    { day: 32 },
    { hour: 24 },
    { minute: 60 },
    { second: 60 },
  ])('%j is no time yet', (change) => expect(iso(change)).toBeUndefined());
});
