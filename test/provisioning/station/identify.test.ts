import { describe, expect, it } from 'vitest';
import type { TripleRecord } from '../../../src/provisioning/ledger/ledger-types.js';
import {
  checkFirmware,
  checkSameSim,
  checkSim,
  firmwareMatches,
  hasCheckDigit,
} from '../../../src/provisioning/station/identify.js';

describe('firmwareMatches', () => {
  it.each([
    ['NT26KCNA00NNA-L1', 'NT26KCNA00NNA-L1', true],
    ['NT26KCNA00NNA-L1', 'NT26KCNA00NNA-L10', false],
    ['NT26*', 'NT26KCNA00NNA-L10', true],
    ['NT26*-L2', 'NT26KCNA00NNA-L10', false],
    ['*', 'anything', true],
    ['V1.0', 'V1x0', false],
    ['V(1)[2]', 'V(1)[2]', true],
  ])('compares %s with %s', (expected, firmware, matches) => {
    expect(firmwareMatches(expected, firmware)).toBe(matches);
  });
});

describe('the checks of a module', () => {
  it('says which firmware was found and which expected', () => {
    expect(() => checkFirmware('B*', 'A1')).toThrow('it has "A1", expected is "B*"');
    expect(() => checkFirmware('B*', undefined)).toThrow('does not tell it');
    expect(() => checkFirmware(undefined, undefined)).not.toThrow();
  });

  it('compares the first digits of the ICCID, whatever the case of the others', () => {
    expect(() => checkSim('8986', '89860a')).not.toThrow();
    expect(() => checkSim('89860A', '89860a11')).not.toThrow();
    expect(() => checkSim('8986', '8944')).toThrow('its ICCID is 8944');
    expect(() => checkSim('8986', undefined)).toThrow('its ICCID cannot be read');
  });

  it('notices another SIM than at the verification, but compares nothing that is not known', () => {
    const earlier = { iccid: '898600000000000000AB', verifiedAt: 1 } as TripleRecord;
    const imei = '861326070275653';
    expect(() => checkSameSim({ imei, iccid: '898600000000000000ab' }, earlier)).not.toThrow();
    expect(() => checkSameSim({ imei }, {} as TripleRecord)).not.toThrow();
    expect(() => checkSameSim({ imei }, earlier)).toThrow(
      expect.objectContaining({
        code: 'MODULE_FAULT',
        message: expect.stringContaining('898600000000000000AB'),
      }),
    );
    expect(() => checkSameSim({ imei, iccid: '1' }, undefined)).not.toThrow();
    expect(() => checkSameSim({ imei, iccid: '89860000000000000001' }, earlier)).toThrow(
      'earlier with another SIM',
    );
  });

  it('takes no module for a verified one if an ICCID is missing', () => {
    const imei = '861326070275653';
    const earlier = { verifiedAt: 1 } as TripleRecord;
    for (const module of [{ imei }, { imei, iccid: '89860425102170123456' }]) {
      expect(() => checkSameSim(module, earlier)).toThrow(expect.objectContaining({ code: 'SIM_UNKNOWN' }));
    }
    // It was never verified: the triple stays with its IMEI.
    expect(() => checkSameSim({ imei }, { state: 'failed' } as TripleRecord)).not.toThrow();
  });

  it('knows the number of a card with or without what fills it up', () => {
    const earlier = { iccid: '8986042510217012345F', verifiedAt: 1 } as TripleRecord;
    expect(() =>
      checkSameSim({ imei: '861326070275653', iccid: '8986042510217012345' }, earlier),
    ).not.toThrow();
  });

  it('knows a right check digit', () => {
    expect(hasCheckDigit('490154203237518')).toBe(true);
    expect(hasCheckDigit('490154203237519')).toBe(false);
  });
});
