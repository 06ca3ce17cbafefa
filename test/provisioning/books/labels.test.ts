import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import {
  cellsOf,
  DEFAULT_SHEET,
  escapeXml,
  labelsCsv,
  labelsOf,
  qrContent,
  type SheetOptions,
  sheetsSvg,
} from '../../../src/provisioning/books/labels.js';
import { rasterOf } from './raster.js';
import { IMEI, record } from './records.js';

const LONG = { imei: IMEI, deviceName: 'A-long_name@of.32:characters-long' };

/** Everything that a reader finds in the place of a label. */
function readAt(svg: string, sheet: SheetOptions, index: number): string | undefined {
  const box = cellsOf(sheet)[index];
  if (box === undefined) return undefined;
  const { data, width, height } = rasterOf(svg, box, 8);
  return jsqr.default(data, width, height)?.data;
}

function textsOf(svg: string): { x: number; y: number; size: number; length: number; text: string }[] {
  const found = svg.matchAll(
    /<text x="(\S+)" y="(\S+)" font-size="(\S+)" textLength="(\S+)" lengthAdjust="spacingAndGlyphs">(.*)<\/text>/g,
  );
  return [...found].map(([, x, y, size, length, text = '']) => ({
    ...{ x: Number(x), y: Number(y), size: Number(size), length: Number(length), text },
  }));
}

describe('labels', () => {
  it('are for modules alone, and hold IMEI and device name', () => {
    const labels = labelsOf([record(), record({ imei: undefined })]);
    expect(labels).toEqual([{ imei: IMEI, deviceName: 'meter-1' }]);
    expect(labels.map(qrContent)).toEqual([`IMEI:${IMEI};DN:meter-1`]);
    expect(labelsCsv([{ imei: IMEI, deviceName: '@x' }])).toBe(
      `DeviceName,IMEI,QR\r\n'@x,${IMEI},IMEI:${IMEI};DN:@x\r\n`,
    );
  });

  it.each<[string, Partial<SheetOptions>]>([
    ['wide', {}],
    ['high', { columns: 6, rows: 5 }],
    ['on letter paper', { paper: 'letter', columns: 4, rows: 10, margin: 12.7 }],
    ['as small as they may be', { columns: 13, rows: 19, margin: 5 }],
    ['a page each', { columns: 1, rows: 1 }],
  ])('that are %s can be read by a machine that knows nothing of them', (_shape, given) => {
    const sheet = { ...DEFAULT_SHEET, ...given };
    const count = Math.min(2, sheet.columns * sheet.rows);
    const labels = [LONG, { imei: '861326070276008', deviceName: 'dn-2' }].slice(0, count);
    const [svg = ''] = sheetsSvg(labels, sheet);
    expect(labels.map((_label, index) => readAt(svg, sheet, index))).toEqual(labels.map(qrContent));
  });

  it.each([DEFAULT_SHEET, { ...DEFAULT_SHEET, columns: 6, rows: 5 }])(
    'keep their text within their place, and clear of the code: %o',
    (sheet) => {
      const [svg = ''] = sheetsSvg([LONG, { imei: IMEI, deviceName: 'dn-2' }], sheet);
      const [cell, second] = cellsOf(sheet);
      const texts = textsOf(svg);
      expect(texts.map(({ text }) => text)).toEqual([
        LONG.deviceName,
        `IMEI ${IMEI}`,
        'dn-2',
        `IMEI ${IMEI}`,
      ]);
      const [name, imei, short] = texts;
      expect(name?.size).toBeLessThan(short?.size ?? 0);
      for (const [text, box] of [
        ...([name, imei].map((one) => [one, cell]) as [typeof name, typeof cell][]),
        [short, second] as const,
      ]) {
        if (text === undefined || box === undefined) throw new Error('a text is missing');
        expect(text.x).toBeGreaterThan(box.x);
        expect(text.x + text.length).toBeLessThan(box.x + box.width);
        expect(text.y - text.size).toBeGreaterThan(box.y);
        expect(text.y).toBeLessThan(box.y + box.height);
      }
    },
  );

  it('fill as many pages as they need, in order', () => {
    const labels = Array.from({ length: 25 }, (_none, index) => ({ imei: IMEI, deviceName: `dn-${index}` }));
    const pages = sheetsSvg(labels, DEFAULT_SHEET);
    expect(pages.map((page) => textsOf(page).length / 2)).toEqual([24, 1]);
    expect(pages[1]).toContain('>dn-24</text>');
    expect(pages[0]).toContain('width="210mm" height="297mm" viewBox="0 0 210 297"');
  });

  it('cannot say anything to the reader of the file but their text', () => {
    const [svg = ''] = sheetsSvg([{ imei: IMEI, deviceName: '</text><script>&"\u0000' }], DEFAULT_SHEET);
    expect(svg).toContain('>&lt;/text&gt;&lt;script&gt;&amp;&quot;\ufffd</text>');
    expect(svg).not.toContain('<script');
    expect(escapeXml('\ud800x')).toBe('\ufffdx');
  });

  it.each<[string, Partial<SheetOptions>]>([
    ['columns', { columns: 14 }],
    ['rows', { rows: 20 }],
    ['columns', { margin: 110 }],
  ])('that would be too small are refused by their %s', (field, given) => {
    expect(() => sheetsSvg([LONG], { ...DEFAULT_SHEET, ...given })).toThrow(
      expect.objectContaining({ field, code: 'INVALID_ARGUMENT' }),
    );
  });
});
