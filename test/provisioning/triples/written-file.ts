import fc from 'fast-check';
import type { DeviceTriple } from '../../../src/dialects/dialect.js';
import type { TripleRow } from '../../../src/provisioning/triples/triple-rows.js';
import { encodeGb18030 } from './gb18030.js';

const ENCODINGS = {
  'UTF-8': (text: string) => Buffer.from(text),
  'UTF-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`),
  'UTF-16LE': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  GB18030: encodeGb18030,
} as const;

const SPELLINGS: Readonly<Record<keyof DeviceTriple | 'remark', readonly string[]>> = {
  deviceName: ['DeviceName', 'device_name', 'DEVICE NAME', 'device-name', '设备名称', '设备名'],
  deviceSecret: ['DeviceSecret', 'device_secret', 'devicesecret', '设备密钥'],
  productKey: ['ProductKey', 'product_key', 'Product Key', '产品Key', '产品标识'],
  remark: ['Remark', '备注', 'ProductSecret', 'id'],
};

const FIELDS = ['deviceName', 'deviceSecret', 'productKey', 'remark'] as const;

/** A remark in two bytes of GB18030 at least: without one the file would be as good as UTF-8. */
const CHINESE = '设备';

const characters = (set: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...set), minLength, maxLength });

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/** As long as those of the cloud. Letters and digits in turn: no part of it looks like a number that a spreadsheet has made, or like a name. */
const secret = fc
  .array(fc.tuple(characters(LETTERS, 1, 1), characters(DIGITS, 1, 1)), { minLength: 16, maxLength: 16 })
  .map((pairs) => pairs.flat().join(''));

const triple = fc.record({
  // Shorter ones could be `NA` or `inf`.
  productKey: characters(LETTERS + DIGITS, 9, 12),
  deviceName: characters(`${LETTERS}-_@.:`, 4, 32),
  deviceSecret: secret,
  remark: fc.string({ unit: fc.constantFrom(...'ab,;|\t"\n\'= ', '备', '注'), maxLength: 12 }),
});

/** How a file is written; every choice is one that a tool of somebody makes. */
const style = fc.record({
  columns: fc.shuffledSubarray([...FIELDS], { minLength: 4 }),
  spelling: fc.nat(),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom(...(Object.keys(ENCODINGS) as (keyof typeof ENCODINGS)[])),
  quoteAll: fc.boolean(),
  padding: fc.constantFrom('', ' ', '  '),
  blankLines: fc.nat(2),
  lastLineEnd: fc.boolean(),
});

/** A file and the rows that are in it. */
export const writtenFile = fc
  .tuple(
    fc.uniqueArray(triple, {
      comparator: (one, other) =>
        one.deviceSecret === other.deviceSecret ||
        (one.productKey === other.productKey && one.deviceName === other.deviceName),
      minLength: 1,
      maxLength: 6,
    }),
    style,
  )
  .map(([devices, { columns, delimiter, lineEnd, encoding, ...how }]) => {
    const cell = (text: string) => {
      const quoted = how.quoteAll || /[",;|\t\r\n]/.test(text);
      return how.padding + (quoted ? `"${text.replaceAll('"', '""')}"` : text) + how.padding;
    };
    const header = columns.map((field) => {
      const names = SPELLINGS[field];
      return names[how.spelling % names.length] ?? field;
    });
    const rows: TripleRow[] = [];
    const lines: string[] = [header.map(cell).join(delimiter)];
    let line = 2;
    for (const { remark, ...fields } of devices) {
      for (let blank = 0; blank < how.blankLines; blank += 1) lines.push('');
      line += how.blankLines;
      rows.push({ line, triple: fields });
      const note = `${CHINESE}${remark}`;
      const values = columns.map((field) => (field === 'remark' ? note : fields[field]));
      lines.push(values.map(cell).join(delimiter).replaceAll('\n', lineEnd));
      line += note.split('\n').length;
    }
    const bytes = ENCODINGS[encoding](lines.join(lineEnd) + (how.lastLineEnd ? lineEnd : ''));
    const found = encoding === 'UTF-8 with a mark' ? 'UTF-8' : encoding;
    return { bytes, encoding: found, delimiter, rows };
  });
