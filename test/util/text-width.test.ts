import { describe, expect, it } from 'vitest';
import { clipText, fitText, printable, textWidth, wrapText } from '../../src/util/text-width.js';

describe('the width of text', () => {
  it.each([
    ['', 0],
    ['meter-0001', 10],
    // Wide by UAX #11: ideographs, full-width forms, kana, hangul.
    ['设备名称', 8],
    ['ＡＢ', 4],
    ['カナ', 4],
    ['한글', 4],
    // Combining acute: U+0301.
    ['e\u0301', 1],
    ['é', 1],
    ['\u{1f600}', 2],
  ])('of %j is %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('is kept by clipping and padding, and no wide character is halved', () => {
    expect(clipText('设备名称', 8)).toBe('设备名称');
    expect(clipText('设备名称', 7)).toBe('设备..');
    expect(clipText('设备名称', 5)).toBe('设..');
    expect(clipText('设备名称', 1)).toBe('.');
    expect(clipText('设备名称', 0)).toBe('');
    expect(fitText('设备名称', 7)).toBe('设备.. ');
    expect(fitText('ab', 4)).toBe('ab  ');
  });

  it('decides where lines break', () => {
    expect(wrapText('one two  three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('abcdefghij two', 7)).toEqual(['abcde..', 'two']);
    expect(wrapText('', 7)).toEqual([]);
  });
});

describe('printable text', () => {
  it('holds nothing that a terminal would obey', () => {
    expect(printable('a\x1b[2J\r\n\x9bb\u202ec\u2028')).toBe('a?[2J???b?c?');
    expect(printable('设备 é')).toBe('设备 é');
  });
});
