import { expect, it } from 'vitest';
import { duration, localTime, localTimeMs } from '../../src/cli/terminal.js';

it('A time for people is that of the clock on the wall.', () => {
  const time = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();
  expect(localTime(time)).toBe('2026-01-02 03:04:05');
  expect(localTimeMs(time)).toBe('2026-01-02 03:04:05.006');
});

it.each([
  [0, '0 ms'],
  [7_540, '7.5 s'],
  [59_960, '1 min 0 s'],
  [725_000, '12 min 5 s'],
  [12_000_000, '3 h 20 min'],
])('%i ms are %s.', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
