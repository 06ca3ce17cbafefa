import { describe, expect, it } from 'vitest';
import { summaryText } from '../../../../src/cli/provision/run/summary.js';
import { Tally } from '../../../../src/cli/provision/run/tally.js';
import { clockText } from '../../../../src/cli/provision/run/words.js';
import { NO_TOTALS, NOON, result, WRONG_SIM } from './scenes.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const INTERRUPTED = { outcome: 'failed', reason: { code: 'INTERRUPTED', message: 'the run ended' } } as const;

describe('the rate', () => {
  it('is not told within the first minute', () => {
    const tally = new Tally(NOON);
    tally.result(result('p'), NOON + 7000);
    expect(tally.rate(NOON + MINUTE - 1)).toBeUndefined();
    expect(tally.rate(NOON + MINUTE)).toBe(60);
  });

  it('is that of the last hour, so that a break does not weigh for the whole shift', () => {
    const tally = new Tally(NOON);
    for (let index = 0; index < 30; index += 1) tally.result(result('p'), NOON + index * MINUTE);
    expect(tally.rate(NOON + 30 * MINUTE)).toBe(60);
    expect(tally.rate(NOON + HOUR)).toBe(29);
    expect(tally.rate(NOON + HOUR + 20 * MINUTE)).toBe(9);
    expect(tally.rate(NOON + 2 * HOUR)).toBe(0);
  });

  it('counts passes alone', () => {
    const tally = new Tally(NOON);
    tally.result(result('p', { outcome: 'already' }), NOON);
    tally.result(result('p', WRONG_SIM), NOON);
    expect(tally.rate(NOON + HOUR / 2)).toBe(0);
  });
});

describe('what happened lately', () => {
  it('is kept to the last hundred, the newest last', () => {
    const tally = new Tally(NOON);
    for (let index = 0; index < 105; index += 1) tally.note(`note ${index}`, NOON + index);
    expect(tally.recent).toHaveLength(100);
    expect(tally.recent[0]).toEqual({ at: NOON + 5, note: 'note 5' });
    expect(tally.recent.at(-1)).toEqual({ at: NOON + 104, note: 'note 104' });
  });
});

describe('the units that failed', () => {
  it('are modules, by their last result', () => {
    const tally = new Tally(NOON);
    for (let index = 0; index < 6; index += 1) tally.result(result('p', WRONG_SIM), NOON);
    expect(tally.failedUnits).toBe(1);
    tally.result(result('q', { ...WRONG_SIM, imei: '861326070275661' }), NOON);
    for (const port of ['p', 'q']) tally.result(result(port, { ...WRONG_SIM, imei: undefined }), NOON);
    expect(tally.failedUnits).toBe(4);
    tally.result(result('p'), NOON);
    expect(tally.failedUnits).toBe(3);
  });
});

describe('the summary', () => {
  it('tells the counts, and failures by reason with the most frequent first', () => {
    const tally = new Tally(NO_TOTALS.startedAt);
    tally.result(result('p', INTERRUPTED), NOON);
    tally.result(result('p', WRONG_SIM), NOON);
    tally.result(result('p', WRONG_SIM), NOON);
    const totals = { ...NO_TOTALS, passed: 12, failed: 3, already: 1, left: 1 };
    expect(summaryText(totals, tally, NOON)).toBe(
      '12 passed, 3 failed, 1 unit (2 WRONG_SIM, 1 INTERRUPTED), 1 already done, 1 triple left, 7:30, 0 an hour',
    );
  });

  it('leaves out what there is not', () => {
    const tally = new Tally(NOON);
    expect(summaryText({ ...NO_TOTALS, startedAt: NOON, left: undefined, checked: 2 }, tally, NOON)).toBe(
      '0 passed, 0 failed, 0 already done, 2 checked, 0:00',
    );
  });
});

it('shows hours only where there are some', () => {
  expect([0, 999, 59_999, 60_000, 3_599_999, 3_600_000, 29_045_000].map(clockText)).toEqual([
    '0:00',
    '0:00',
    '0:59',
    '1:00',
    '59:59',
    '1:00:00',
    '8:04:05',
  ]);
  expect(clockText(-5)).toBe('0:00');
});
