import { describe, expect, it } from 'vitest';
import { problemText } from '../../../src/provisioning/triples/file-refused.js';
import { parse, problems } from './parsing.js';

const HEADER = 'DeviceName,DeviceSecret,ProductKey';

/** Secret number `n`, as the cloud makes them. */
const secret = (n: number) => `ga7XA6KdlEeiPXQPpRbAjOZXwG8yd${String(n).padStart(3, '0')}`;

/** Rows with secrets of their own for these names. */
const named = (...names: string[]) => names.map((name, n) => `${name},${secret(n)},a1X2bEnP82z`);

const file = (rows: readonly string[], end = '\n') => `${[HEADER, ...rows].join('\n')}${end}`;

const warnings = (text: string) => parse(text).warnings.shown.map(problemText);

describe('a damaged file of triples is refused', () => {
  it.each([
    ['8.61326070275653E14', '"8.61326070275653E14" is a number as a spreadsheet writes it'],
    ['861326070275653.0', '"861326070275653.0" is a number as a spreadsheet writes it'],
    ['TRUE', '"TRUE" is a logical value'],
    ['Err:502', '"Err:502" is an error of a formula, such as #NAME?: repair the formula and export again'],
    ['2-Jan', '"2-Jan" is a date as a spreadsheet writes it'],
  ])('with the name %s', (name, sentence) => {
    expect(problems(file(named(name)))).toContain(`line 2, DeviceName: ${sentence}`);
  });

  it.each([
    ['0', 'it is a number as a spreadsheet writes it: format the column as text and export again'],
    ['6.12E31', 'it is a number as a spreadsheet writes it: format the column as text and export again'],
    ['INF', 'it is no number, such as INF or NaN: format the column as text and export again'],
    ['#NAME?', 'it is an error of a formula, such as #NAME?: repair the formula and export again'],
    [
      '########',
      'it is a row of #, as a spreadsheet shows where a column is too narrow: widen it and export',
    ],
  ])('with the secret %s', (value, sentence) => {
    const text = problems(file([`meter-1,${value},a1X2bEnP82z`]));
    expect(text).toContain(`line 2, DeviceSecret: ${sentence}`);
  });

  it('with signs that look like others', () => {
    expect(problems(file(named('８６１326070275653', 'meter–0001', 'meter\u200b-01', 'met\u00a0er')))).toBe(
      [
        'line 2, DeviceName: it must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 15 characters, among them the full-width ８ (U+FF18)',
        'line 3, DeviceName: "meter–0001" must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 10 characters, among them – (U+2013)',
        'line 4, DeviceName: "meter -01" must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 9 characters, among them an invisible one (U+200B)',
        'line 5, DeviceName: "met\u00a0er" must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 6 characters, among them a blank (U+00A0)',
      ].join('; '),
    );
  });

  it('when one secret is given to two devices', () => {
    expect(problems(file([`meter-1,${secret(1)},p`, `meter-2,${secret(1)},p`]))).toBe(
      'line 3, DeviceSecret: the same secret as in line 2: each device has its own; export the file again',
    );
  });

  it('when names and secrets have changed places, or one stands in both', () => {
    expect(problems(file([`${secret(1)},861326070275653,p`]))).toContain(
      'line 2: the name looks like a secret',
    );
    expect(problems(file([`${secret(1)},meter-1,p`]))).toContain('line 2: the name looks like a secret');
    expect(problems(file([`${secret(1)},${secret(1)},p`]))).toBe(
      'line 2, DeviceSecret: it is the device name once more: export the file again',
    );
    // 32 hexadecimal digits are a good name.
    expect(parse(file([`${'0a'.repeat(16)},${secret(1)},p`])).warnings.count).toBe(0);
  });

  it('when it was put together of several', () => {
    const rows = [...named('meter-1'), `\ufeff${HEADER}`, ...named('meter-2')];
    expect(problems(file(rows))).toMatch(/^line 3: the header comes again: several files in one;/);
  });

  it.each([
    ['secret', 'ProductKey,DeviceName,DeviceSecret', (n: number) => `p1,meter-${n},${secret(n)}`, 5, 32],
    ['product', HEADER, (n: number) => `meter-${n},${secret(n)},a1X2bEnP82z`, 4, 11],
  ] as const)('when its last %s is cut short', (_what, header, row, kept, length) => {
    const whole = [header, row(1), row(2), row(3)].join('\n');
    expect(parse(whole).rows).toHaveLength(3);
    const cut = whole.slice(0, whole.length - length + kept);
    expect(problems(cut)).toBe(
      `line 4: the file stops behind ${kept} of ${length} characters of its last value: download it again`,
    );
  });
});

describe('a file of triples that looks odd is read with a warning', () => {
  it('as long as nothing looks odd there is none', () => {
    expect(warnings(file(named('meter-1', 'meter-10', 'x9999', '861326070275653')))).toEqual([]);
  });

  it.each([
    ['a shorter secret', 'meter-9,ga7XA6KdlEeiPXQPp,p', 'it has 17 characters, most of the others have 32'],
    ['a secret with a sign', `meter-9,${secret(9).slice(1)}+,p`, 'it has other characters than letters and'],
    ['a secret of one character', `meter-9,${'x'.repeat(32)},p`, 'it is one character again and again'],
    ['a number in its name', `6E31,${secret(9)},p`, '"6E31" is a number as a spreadsheet writes it'],
  ])('%s', (_what, row, sentence) => {
    const found = warnings(file([...named('meter-1', 'meter-2'), row]));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`line 4, Device`);
    expect(found[0]).toContain(sentence);
  });

  it('secrets that are all short', () => {
    expect(warnings(file(['meter-1,s1,p']))).toEqual([
      'line 2, DeviceSecret: it has 2 characters, secrets of the cloud have 32 or 16',
    ]);
  });

  it('numbers that have lost digits in front, or behind the 15th', () => {
    expect(warnings(file(named('861326070275653', '13260702756531', '861326070275661')))).toEqual([
      'line 3, DeviceName: "13260702756531" has 14 digits, most of the others have 15: has a spreadsheet taken zeros away?',
    ]);
    expect(warnings(file(named('89860422102280000000')))).toEqual([
      'line 2, DeviceName: "89860422102280000000" is rounded, it seems, as all long numbers here: a spreadsheet keeps 15 to 19 digits',
    ]);
    // As numbers of 53 bits, and of 64 bits: what Gnumeric makes of numbers that end in 12345, 12357 and so on.
    expect(warnings(file(named(String(BigInt(Number('89860422102280012345'))))))).toHaveLength(1);
    const gnumeric = [
      '89860422102280012344',
      '89860422102280012360',
      '89860422102280012368',
      '89860422102280012376',
    ];
    expect(warnings(file(named(...gnumeric)))).toHaveLength(4);
    expect(warnings(file(named('89860422102280000000', '89860422102280000001')))).toEqual([]);
    expect(warnings(file(named('89860422102280012344', '89860422102280012357')))).toEqual([]);
  });

  it('products that count up, or that are cut', () => {
    const rows = [1, 2, 3].map((n) => `meter-${n},${secret(n)},a1X2bEnP8${n}`);
    expect(warnings(file(rows))).toEqual([
      'line 2, ProductKey: every device has a ProductKey of its own: was a cell dragged down?',
    ]);
    expect(warnings(file([...named('meter-1', 'meter-2'), `meter-9,${secret(9)},a1X2`]))).toEqual([
      'line 4, ProductKey: "a1X2" is the beginning of "a1X2bEnP82z" in line 2: was it cut short? Download the file again',
    ]);
  });
});

describe('what keeps a number a text in a spreadsheet', () => {
  it.each(['="861326070275653"', '"=""861326070275653"""', "'861326070275653", "'861326070275653'"])(
    'is not part of %s',
    (cell) => {
      const rows = [`  ${cell} ,="${secret(1)}",="a1"`, `meter-2,'${secret(2)},a1`];
      expect(parse(file(rows))).toMatchObject({
        rows: [
          { line: 2, triple: { deviceName: '861326070275653', deviceSecret: secret(1), productKey: 'a1' } },
          { line: 3, triple: { deviceSecret: secret(2) } },
        ],
        warnings: { count: 0 },
      });
    },
  );

  it('may stand in a header, and around a delimiter', () => {
    const text = `="DeviceName"|="DeviceSecret"|="ProductKey"|="a|b"\n="meter-1"|="${secret(1)}"|="p"|="c|d"\n`;
    expect(parse(text)).toMatchObject({
      ignoredColumns: ['a|b'],
      rows: [{ triple: { deviceName: 'meter-1' } }],
    });
  });
});
