import { describe, expect, it } from 'vitest';
import { parseBound, parseFilter } from '../../../src/cli/trace/selection.js';
import { speed } from '../../../src/cli/values.js';

describe('the options of a replay', () => {
  it('take a time in seconds or as in the file', () => {
    for (const text of ['12.5', '+12.5', '12.5s'])
      expect(parseBound('from', text)).toEqual({ elapsed: 12_500 });
    expect(parseBound('to', '2026-11-20T11:00:00.123Z')).toEqual({
      at: Date.UTC(2026, 10, 20, 11, 0, 0, 123),
    });
    for (const text of ['', '-1', 'noon', '2026-99-99', '1e3']) {
      expect(() => parseBound('from', text)).toThrow(expect.objectContaining({ field: 'from' }));
    }
  });

  it('take a text or a regex', () => {
    expect(parseFilter('+CSQ: ')('+CSQ: 27')).toBe(true);
    expect(parseFilter('+csq')('+CSQ: 27')).toBe(false);
    const regex = parseFilter('/csq|recv/gi');
    expect([regex('+CSQ'), regex('+CSQ'), regex('RECV'), regex('OK')]).toEqual([true, true, true, false]);
    expect(() => parseFilter('/(/')).toThrow(expect.objectContaining({ field: 'filter' }));
  });

  it('take a speed above 0, or max', () => {
    expect([speed('0.5'), speed('1000'), speed('max')]).toEqual([0.5, 1000, Number.POSITIVE_INFINITY]);
    for (const text of ['0', '-1', 'fast', '', 'Infinity'])
      expect(() => speed(text)).toThrow('number above 0');
  });
});
