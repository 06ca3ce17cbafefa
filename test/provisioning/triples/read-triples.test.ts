import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTriples, readTriples } from '../../../src/provisioning/triples/read-triples.js';
import { parse, problems, SECRET } from './parsing.js';
import { consoleFile, triples } from './triple-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  path = join(folder, 'triples.csv');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of triples', () => {
  it('is read from a path or from bytes', async () => {
    const text = consoleFile(triples(3));
    writeFileSync(path, text);
    const file = await readTriples(path);
    expect(file.rows.map(({ triple }) => triple)).toEqual(triples(3));
    expect(await readTriples(Buffer.from(text))).toEqual(file);
  });

  it('is called by its path, or as it is said to be', async () => {
    writeFileSync(path, 'x');
    await expect(readTriples(path)).rejects.toThrow(`${path} is refused as a whole: line 1: `);
    const named = readTriples(Buffer.from('x'), { source: 'stdin' });
    await expect(named).rejects.toThrow('stdin is refused as a whole: line 1: ');
  });

  it('is refused if it cannot be read', async () => {
    await expect(readTriples(path)).rejects.toMatchObject({
      code: 'FILE_REFUSED',
      message: `${path} is refused as a whole: there is no such file`,
    });
    await expect(readTriples(folder)).rejects.toThrow(`${folder} is refused as a whole: it is a folder`);
    await expect(readTriples('a\0b')).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  });

  it('is refused if it is longer than 64 MB, before it is read on', async () => {
    writeFileSync(path, consoleFile(triples(1)));
    truncateSync(path, 64 * 1024 * 1024 + 1);
    await expect(readTriples(path)).rejects.toThrow('it is longer than 64 MB: divide it');
  });
});

describe('files of triples', () => {
  it('are read as the console makes them', () => {
    const rows = triples(3);
    expect(parse(consoleFile(rows))).toEqual({
      rows: rows.map((triple, index) => ({ line: index + 2, triple })),
      encoding: 'UTF-8',
      delimiter: ',',
      ignoredColumns: [],
      productKeys: ['a1X2bEnP82z'],
      warnings: { shown: [], count: 0 },
    });
  });

  it.each([
    ['console.csv', 'UTF-8', ',', []],
    ['console-mark-crlf.csv', 'UTF-8', ',', ['id', 'ProductSecret']],
    ['excel-chinese-gb18030.csv', 'GB18030', ',', ['序号', '备注']],
    ['excel-unicode-text.txt', 'UTF-16LE', '\t', ['Remark']],
    ['excel-german.csv', 'UTF-8', ';', ['Notiz']],
  ])('are read as in fixtures/triples/%s', (name, encoding, delimiter, ignoredColumns) => {
    const bytes = readFileSync(new URL(`../../../fixtures/triples/${name}`, import.meta.url));
    const file = parseTriples(bytes);
    expect(file).toMatchObject({ encoding, delimiter, ignoredColumns });
    expect(file.rows.map(({ triple }) => triple)).toEqual(triples(3));
  });

  it.each([
    'devicename,DEVICESECRET,Product Key',
    'device_name,device_secret,product_key',
    'Device-Name , Device Secret,"Product.Key"',
    '设备名称,设备密钥,产品Key',
    '设备名,设备秘钥,产品标识',
    '设备名称（DeviceName）,DeviceSecret (设备密钥),产品标识(ProductKey)',
    'ＤｅｖｉｃｅＮａｍｅ,dn secret(DS),pk',
    '\u200bDeviceName,\u00a0deviceSecret,ProductKey*',
  ])('may spell their header %s', (header) => {
    expect(parse(`${header}\nmeter-1,${SECRET},a1X2bEnP82z\n`).rows).toEqual([
      { line: 2, triple: triples(1)[0] },
    ]);
  });

  it('may have blank lines, cells and columns, and no line end at the end', () => {
    const header = 'DeviceName,DeviceSecret,ProductKey,,';
    const text = `\n ,,\n${header}\r\n\r\n,,,,\r  meter-1\t, "${SECRET}" ,a1X2bEnP82z,,\nmeter-2,s,p`;
    expect(parse(text).rows).toEqual([
      { line: 6, triple: triples(1)[0] },
      { line: 7, triple: { productKey: 'p', deviceName: 'meter-2', deviceSecret: 's' } },
    ]);
  });

  it('count the lines within a quoted remark', () => {
    const text = `DeviceName,Remark,DeviceSecret,ProductKey\nmeter-1,"two\n\nlines",s1,p\n\nmeter-2,"a ""b""\r\nc",s2,p\nmeter-3,x,s3,p\n`;
    expect(parse(text).rows.map(({ line, triple }) => [line, triple.deviceName])).toEqual([
      [2, 'meter-1'],
      [6, 'meter-2'],
      [8, 'meter-3'],
    ]);
  });

  it('may tell Excel their delimiter', () => {
    const file = parse(`sep=|\r\nDeviceName|DeviceSecret|ProductKey|a,b;c\r\nmeter-1|s|p|x\r\n`);
    expect(file).toMatchObject({ delimiter: '|', ignoredColumns: ['a,b;c'], rows: [{ line: 3 }] });
  });

  it('need no ProductKey if it is given, and must agree with one that is', () => {
    const without = 'DeviceName,DeviceSecret\nmeter-1,s1\n';
    expect(parse(without, { productKey: 'p1' }).rows[0]?.triple.productKey).toBe('p1');
    const partly = 'DeviceName,DeviceSecret,ProductKey\nmeter-1,s1,\nmeter-2,s2,p1\n';
    expect(parse(partly, { productKey: 'p1' }).productKeys).toEqual(['p1']);
    expect(problems(partly, { productKey: 'p2' })).toBe(
      'line 3, ProductKey: not the ProductKey that was given',
    );
    expect(() => parse(without, { productKey: 'p 1' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'productKey' }),
    );
  });

  it('may hold several products, and one name in each', () => {
    const text = 'DeviceName,DeviceSecret,ProductKey\nmeter-1,s1,p2\nmeter-1,s2,p1\nmeter-2,s3,p2\n';
    expect(parse(text)).toMatchObject({ productKeys: ['p2', 'p1'], rows: { length: 3 } });
  });
});
