import { describe, expect, it } from 'vitest';
import { cloudProducts } from '../../../src/cli/sim/cloud.js';
import { iccidAt, imeiAt, withCheckDigit } from '../../../src/cli/sim/modules.js';

describe('the numbers of simulated modules', () => {
  it('carry the check digit of ISO/IEC 7812-1', () => {
    // The usual example, and the IMEI of 3GPP TS 23.003 annex B.
    expect(withCheckDigit('7992739871')).toBe('79927398713');
    expect(withCheckDigit('26053179311383')).toBe('260531793113837');
  });

  it('count up from the IMEI that was given', () => {
    expect([0, 1, 2].map((place) => imeiAt(place, '490154203237518'))).toEqual([
      '490154203237518',
      '490154203237526',
      '490154203237534',
    ]);
    expect(imeiAt(1, '001234567890120')).toBe('001234567890136');
  });

  it('differ from module to module', () => {
    const places = Array.from({ length: 1000 }, (_, index) => index + 1);
    expect(new Set(places.map((place) => imeiAt(place))).size).toBe(1000);
    expect(new Set(places.map(iccidAt)).size).toBe(1000);
    expect(places.map(iccidAt).every((iccid) => /^\d{20}$/.test(iccid))).toBe(true);
  });
});

describe('the products of a simulated cloud', () => {
  const device = (productKey: string, deviceName: string) => ({ productKey, deviceName, deviceSecret: 's' });

  it('are those of the triples and those that may register, each once', () => {
    const products = cloudProducts(
      [device('a', 'd1'), device('b', 'd2'), device('a', 'd3')],
      ['b:secret', 'c:other'],
    );
    expect(products).toEqual([
      { productKey: 'b', devices: [device('b', 'd2')], productSecret: 'secret' },
      { productKey: 'c', devices: [], productSecret: 'other' },
      { productKey: 'a', devices: [device('a', 'd1'), device('a', 'd3')] },
    ]);
  });

  it('may have a secret with a colon in it', () => {
    expect(cloudProducts([], ['a:b:c'])).toEqual([{ productKey: 'a', devices: [], productSecret: 'b:c' }]);
  });
});
