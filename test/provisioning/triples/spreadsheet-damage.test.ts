import { describe, expect, it } from 'vitest';
import { damageOf } from '../../../src/provisioning/triples/spreadsheet-damage.js';

const verdict = (value: string, place: 'name' | 'secret') => {
  const damage = damageOf(value, place);
  if (damage === undefined) return 'fine';
  return damage.certain ? 'damaged' : 'odd';
};

describe('what a spreadsheet makes of a value', () => {
  it.each([
    // Excel, WPS; LibreOffice with three digits; Java, Python, Numbers; a German Excel; a print.
    ...['8.61326E+14', '8.986042210228E+019', '8.61326070275653E14', '8.61326070275653e+14', '8,61326E+14'],
    ...['6.12E31', '6.12E-31', '6E+31', '861.3E+12', '+8.6E14', '8.6×10^14', '8.6 x 10 14', '.86E15', '1.E5'],
    // Read as a number, and written with a fraction or in groups.
    ...['861326070275653.0', '861326070275653.00', '861326070275653,00', '-5120.0'],
    ...['861,326,070,275,653', '861.326.070.275.653', '861’326’070’275’653', "861'326'070'275'653"],
    ...[
      '861 326 070 275 653',
      '861\u00a0326\u00a0070\u00a0275\u00a0653',
      '861\u202f326\u202f070',
      '1,234.50',
    ],
    '86,13,26,07,02,75,653',
    // Formulas that went wrong, in every language.
    ...['#NAME?', '#REF!', '#VALUE!', '#N/A', '#DIV/0!', '#NUM!', '#NULL!', '#SPILL!', '#GETTING_DATA'],
    ...[
      '#BEZUG!',
      '#WERT!',
      '#NV',
      '#NOM?',
      '#VALEUR!',
      '#¿NOMBRE?',
      '#ИМЯ?',
      '#ERROR!',
      'Err:502',
      '########',
    ],
    ...['Loading...', 'Loading…'],
    // Values that are none.
    ...[
      'INF',
      '-inf',
      'Infinity',
      '∞',
      '1.#INF',
      '-1.#IND',
      '1.#QNAN00',
      'NaN',
      '-nan(ind)',
      'null',
      '(null)',
    ],
    ...['<null>', 'None', 'N/A', 'n/a', 'undefined', '<NA>', 'NaT', '----', '—', '???'],
    ...['TRUE', 'false', 'WAHR', 'FALSCH', 'VRAI', 'VERDADERO', 'ИСТИНА', 'EPÄTOSI', 'YANLIŞ'],
    // Dates.
    ...['2026/1/3', '1/3/2026', '1/3', '2-Jan', '02-Jan-26', '3月1日', '2026年1月3日', '2026-01-03 00:00:00'],
    ...['2026-01-03T00:00:00Z', '12:30 PM'],
  ])('%s is damage, in any column', (value) => {
    expect(verdict(value, 'name')).toBe('damaged');
    expect(verdict(value, 'secret')).toBe('damaged');
  });

  it.each([
    ...[
      '0',
      '-5',
      '12',
      '861326070275653',
      '12.5',
      '50%',
      '¥1,234.00',
      '(12)',
      '61200000000000000',
      '2026-01-03',
    ],
    ...['12:30', 'Jan-26', '2-okt.', '3 mars 2026', '6E31', '12.345.678'],
  ])('%s is no secret', (value) => {
    expect(verdict(value, 'secret')).toBe('damaged');
  });

  it.each(['6E31', '1E-5', '12.345.678', '2026-01-03', '3.1.2026', '12:30', 'Jan-26', '2-okt.'])(
    '%s is odd as a name, and may be right',
    (value) => {
      expect(verdict(value, 'name')).toBe('odd');
    },
  );

  it.each([
    ...['861326070275653', '0012', '6E31A', '12E31', '001122334e55', '00:11:22:33:44:55', '192.168.100.200'],
    ...[
      'meter-1',
      '1.2.3',
      '01-02-03',
      '1.0',
      'E12',
      'Mars-Rover',
      'jan.2',
      'true-1',
      'inf-1',
      'a.b.c',
      'Nora',
    ],
  ])('%s is a name as any other', (value) => {
    expect(verdict(value, 'name')).toBe('fine');
  });

  it.each([
    ...['ga7XA6KdlEeiPXQPpRbAjOZXwG8ydgSe', '7jluWm1zql7bt8qK', '612345678901234567890123456789e1'],
    ...['12345678901234567890123456789012', '6128e31f00000000'],
  ])('%s is a secret as any other', (value) => {
    expect(verdict(value, 'secret')).toBe('fine');
  });
});
