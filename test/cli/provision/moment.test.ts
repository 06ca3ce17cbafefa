import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../src/cli/provision/moment.js';
import { ArgumentError } from '../../../src/errors/kinds.js';

/** A quarter past two in the afternoon, local time. */
const NOW = new Date(2026, 10, 20, 14, 15).getTime();

const since = (text: string) => parseMoment('--since', text, 'since', NOW);
const until = (text: string) => parseMoment('--until', text, 'until', NOW);

describe('a moment', () => {
  it('is a day in the time zone of the machine', () => {
    expect(since('today')).toBe(new Date(2026, 10, 20).getTime());
    expect(since('yesterday')).toBe(new Date(2026, 10, 19).getTime());
    expect(since('2026-03-01')).toBe(new Date(2026, 2, 1).getTime());
  });

  it('is the end of the day where it is the end of a period', () => {
    expect(until('yesterday')).toBe(since('today'));
    expect(until('today')).toBe(new Date(2026, 10, 21).getTime());
    expect(until('2026-12-31')).toBe(new Date(2027, 0, 1).getTime());
  });

  it('is so long ago', () => {
    expect(since('30m')).toBe(NOW - 1_800_000);
    expect(until('8h')).toBe(NOW - 28_800_000);
    expect(since('7d')).toBe(NOW - 604_800_000);
  });

  it('is a local time, or one with its offset', () => {
    expect(since('2026-11-20T08:00')).toBe(new Date(2026, 10, 20, 8).getTime());
    expect(until('2026-11-20 08:00:05')).toBe(new Date(2026, 10, 20, 8, 0, 5).getTime());
    expect(since('2026-11-20T08:00:00.25Z')).toBe(Date.UTC(2026, 10, 20, 8, 0, 0, 250));
    expect(since('2026-11-20T08:00+0800')).toBe(Date.UTC(2026, 10, 20, 0));
    expect(since('2026-11-20T08:00-03:30')).toBe(Date.UTC(2026, 10, 20, 11, 30));
  });

  it.each([
    '',
    'tomorrow',
    '8',
    'h',
    '-8h',
    '1.5h',
    '2026-02-30',
    '2026-13-01',
    '2026-11-20T25:00',
    '20.11.2026',
  ])('is not %j', (text) => {
    expect(() => since(text)).toThrow(ArgumentError);
    expect(() => since(text)).toThrow(/^--since is .*, but must be today, yesterday/);
  });
});
