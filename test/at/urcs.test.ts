import { describe, expect, test } from 'vitest';
import type { Urc } from '../../src/at/urc.js';
import {
  NETWORK_SERVICE,
  PACKET_DOMAIN_EVENT,
  REGISTRATION_CHANGED,
  SIM_STATE_CHANGED,
  SYSTEM_MODE,
  TIME_ZONE_CHANGED,
} from '../../src/at/urcs.js';

function pin<T>(urc: Urc<T>, value: T, line: string): void {
  test(`${line} is written and read`, () => {
    expect(urc.format(value)).toEqual({ text: line });
    expect(urc.parse({ text: line })).toEqual(value);
    expect(line.startsWith(urc.name)).toBe(true);
  });
}

function expectForeign<T>(urc: Urc<T>, ...lines: string[]): void {
  test.each(lines)('%j is not taken', (text) => expect(urc.parse({ text })).toBeUndefined());
}

describe('+CEREG', () => {
  pin(REGISTRATION_CHANGED, { stat: 2 }, '+CEREG: 2');
  pin(
    REGISTRATION_CHANGED,
    { stat: 1, tac: 0x25d5, cell: 0xa1b2c3d, act: 7 },
    '+CEREG: 1,"25D5","0A1B2C3D",7',
  );
  // The read response: two bare digits.
  expectForeign(
    REGISTRATION_CHANGED,
    '+CEREG: 0,1',
    '+CEREG: 2,5,"25D5","0A1B2C3D",7',
    '+CEREG: ',
    '+CREG: 1',
  );

  test('left-out fields make no read response', () => {
    expect(REGISTRATION_CHANGED.parse({ text: '+CEREG:2,,,' })).toEqual({ stat: 2 });
  });
});

describe('+CGEV', () => {
  pin(PACKET_DOMAIN_EVENT, 'ME PDN ACT 1', '+CGEV: ME PDN ACT 1');
  pin(PACKET_DOMAIN_EVENT, 'NW DETACH', '+CGEV: NW DETACH');
  expectForeign(PACKET_DOMAIN_EVENT, '+CGEV: ', '+CGEVX: 1');
});

describe('+CPIN', () => {
  pin(SIM_STATE_CHANGED, 'READY', '+CPIN: READY');
  pin(SIM_STATE_CHANGED, 'NOT INSERTED', '+CPIN: NOT INSERTED');
  expectForeign(SIM_STATE_CHANGED, '+CPIN', 'READY');
});

describe('+CTZEU', () => {
  pin(TIME_ZONE_CHANGED, { zone: 32, daylightSaving: 0 }, '+CTZEU: "+32",0');
  pin(
    TIME_ZONE_CHANGED,
    { zone: -14, daylightSaving: 1, universalTime: '2026/11/20,11:05:09' },
    '+CTZEU: "-14",1,"2026/11/20,11:05:09"',
  );
  expectForeign(TIME_ZONE_CHANGED, '+CTZEU: ', '+CTZEU: "+32"', '+CTZEU: x,0');

  test('an unquoted zone is read', () => {
    expect(TIME_ZONE_CHANGED.parse({ text: '+CTZEU: +32,0' })).toEqual({ zone: 32, daylightSaving: 0 });
  });
});

describe('+E_UTRAN Service', () => {
  pin(NETWORK_SERVICE, { detail: '' }, '+E_UTRAN Service');
  pin(NETWORK_SERVICE, { detail: '1' }, '+E_UTRAN Service 1');
  expectForeign(NETWORK_SERVICE, 'Service', '+E_UTRAN');
});

describe('^MODE', () => {
  pin(SYSTEM_MODE, { mode: 17, submode: 17 }, '^MODE: 17,17');
  expectForeign(SYSTEM_MODE, '^MODE: 17', '^MODE: 17,17,1', '^MODEL: 17,17');
});
