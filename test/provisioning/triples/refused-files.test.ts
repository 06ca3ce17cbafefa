import { describe, expect, it } from 'vitest';
import { parseTriples } from '../../../src/provisioning/triples/read-triples.js';
import { parse, problems, refusal, SECRET } from './parsing.js';
import { consoleFile, triples } from './triple-file.js';

describe('files of triples are refused', () => {
  it('with every line that is wrong', () => {
    const lines = [
      `m-1,${SECRET},a1`,
      `meter-1,${SECRET},a1X2bEnP82z`,
      `${SECRET},meter-2,a1X2bEnP82z`,
      `8.61326E+14,${SECRET} ${SECRET},a1 X2`,
      `meter-3,,a1X2bEnP82z`,
      `meter-4,******,a1X2bEnP82z`,
      `meter-5,${SECRET}`,
      `meter-6,${SECRET},a1X2bEnP82z,${SECRET}`,
      `meter-1,${SECRET},a1X2bEnP82z`,
    ];
    expect(problems(`DeviceName,DeviceSecret,ProductKey\n${lines.join('\n')}\n`).split('; ')).toEqual([
      'line 2, DeviceName: "m-1" must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 3 characters',
      'line 4, DeviceName: it must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 33 characters',
      'line 5, DeviceName: "8.61326E+14" is a number as a spreadsheet writes it: format the column as text and export again',
      'line 5, DeviceSecret: it must be 1–64 printable ASCII characters, no space, no ", it has 67 characters, among them a blank (U+0020)',
      'line 5, ProductKey: "a1 X2" must be 1–64 letters and digits, it has 5 characters, among them a blank (U+0020)',
      'line 6, DeviceSecret: it is empty',
      'line 7, DeviceSecret: it is masked: the file must have it in full',
      'line 8: 2 fields, the header has 3',
      'line 9: 4 fields, the header has 3',
      'line 10, DeviceName: the same device as in line 3',
    ]);
  });

  it('with the first twenty problems, and the number of the others', () => {
    const rows = triples(33).map((triple) => ({ ...triple, deviceName: 'x' }));
    const { problems: shown, count, message } = refusal(() => parse(consoleFile(rows)));
    expect(shown).toHaveLength(20);
    expect(count).toBe(33);
    expect(shown.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_none, index) => index + 2));
    expect(message).toMatch(/; and 13 more$/);
  });

  it.each([
    ['nothing', '', 'it is empty'],
    ['a mark alone', '\ufeff', 'there is nothing in it'],
    ['blanks', ' \r\n,,\n""\n', 'there is nothing in it'],
    [
      'a header alone',
      '\ufeffDeviceName,DeviceSecret,ProductKey\r\n',
      'it has a header, and no device below it',
    ],
    [
      'columns missing',
      'DeviceName,备注,DeviceSecrets\nmeter-1,x,y\n',
      'line 1: no column DeviceSecret, ProductKey (the ProductKey can be given beside the file); ' +
        'found: DeviceName, 备注, DeviceSecrets',
    ],
    [
      'no header',
      `meter-1,${SECRET},a1X2bEnP82z\n`,
      'line 1: the first line must be a header that names the columns DeviceName, DeviceSecret, ProductKey',
    ],
    [
      'a header that has swallowed a device',
      `DeviceName,DeviceSecret,ProductKeymeter-1,${SECRET},a1X2bEnP82z\n`,
      'line 1: no column ProductKey (the ProductKey can be given beside the file); ' +
        'found: DeviceName, DeviceSecret, ***, ***, a1X2bEnP82z',
    ],
    [
      'two columns for one thing',
      '\n设备名称,DeviceSecret,ProductKey,DeviceName\na,b,c,d\n',
      'line 2, DeviceName: several columns hold it: 设备名称, DeviceName',
    ],
    ['JSON', ' [{"DeviceName":"meter-1"}]', 'it is JSON: a CSV is needed (in Excel: CSV UTF-8)'],
    ['HTML', '\ufeff<table><tr>', 'it is HTML or XML: a CSV is needed (in Excel: CSV UTF-8)'],
    [
      'a workbook',
      'PK\x03\x04\x14\0\x06\0',
      'it is an Excel workbook (.xlsx) or another ZIP archive: a CSV is needed (in Excel: CSV UTF-8)',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('DeviceName,DeviceSecret', 'utf16le').toString('latin1'),
      'it is no text in UTF-8, UTF-16 with a mark, or GB18030: save it as CSV UTF-8',
    ],
  ])('with %s', (_what, text, sentence) => {
    expect(problems(text)).toBe(sentence);
  });

  it.each([
    ['never closed', `meter-2,"${SECRET},p\nmeter-3,s,p\n`, 'a quote is opened and never closed'],
    ['in a field', `meter-2,${SECRET}"x,p\n`, 'a quote stands in the middle of a field'],
    ['closed too early', `meter-2,"s"${SECRET},p\n`, 'a text follows a closing quote'],
    [
      'never closed for long',
      `meter-2,"${SECRET.repeat(2000)}\n`,
      'a quote is opened and not closed for very long',
    ],
  ])('with a quote %s', (_what, lines, sentence) => {
    const text = `DeviceName,DeviceSecret,ProductKey\nm,s1,p\n\nmeter-1,s1,p\n \n${lines}`;
    expect(problems(text).split('; ')).toEqual([
      'line 2, DeviceName: "m" must be 4–32 of A–Z a–z 0–9 - _ @ . :, it has 1 character',
      `line 6: ${sentence}`,
      'the rest was not read',
    ]);
  });

  it('with bytes that are no text', () => {
    const bytes = Buffer.concat([
      Buffer.from('DeviceName,DeviceSecret\nmeter-1,'),
      Buffer.from([0x81, 0xff]),
    ]);
    expect(() => parseTriples(bytes)).toThrow('no text in UTF-8, UTF-16 with a mark, or GB18030');
    expect(() => parseTriples(Buffer.from([0xff, 0xfe, 0x41]))).toThrow('no text in UTF-8');
  });

  it('with too many devices', () => {
    const lines = Array.from({ length: 200_001 }, (_none, index) => `m${index + 1000},s${index + 1000},p`);
    const text = `DeviceName,DeviceSecret,ProductKey\n${lines.join('\n')}`;
    expect(problems(text)).toBe('it has more than 200000 devices: divide it');
    expect(parse(text.slice(0, text.lastIndexOf('\n'))).rows).toHaveLength(200_000);
  });
});
