import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Followed, followStation, Tally } from '../../../../src/cli/provision/run/follow.js';
import { summaryText } from '../../../../src/cli/provision/run/plain-view.js';
import { clockText, type RunView } from '../../../../src/cli/provision/run/view.js';
import type { StationEvents, StationTotals } from '../../../../src/provisioning/station/station-types.js';
import { deferred } from '../../../../src/util/deferred.js';
import { NO_TOTALS, NOON, result, status, WRONG_SIM } from './scenes.js';

/** A station that does what the test says. */
class ScriptedStation extends EventEmitter<StationEvents> implements Followed {
  readonly statuses = [];
  readonly totals = NO_TOTALS;
  readonly ended = deferred<StationTotals>();

  run(): Promise<StationTotals> {
    return this.ended.promise;
  }
}

/** Writes down what it is told. */
class Witness implements RunView {
  readonly told: string[] = [];

  changed(): void {
    this.told.push('changed');
  }

  result({ outcome }: { outcome: string }): void {
    this.told.push(outcome);
  }

  note(sentence: string): void {
    this.told.push(sentence);
  }

  stopping(): void {
    this.told.push('stopping');
  }

  async end({ passed, failed }: StationTotals): Promise<void> {
    this.told.push(`end ${passed} ${failed}`);
  }

  close(): void {
    this.told.push('close');
  }
}

function follow(signal: AbortSignal = new AbortController().signal) {
  const [station, view, tally] = [new ScriptedStation(), new Witness(), new Tally(NOON)];
  return { station, tally, told: view.told, exitCode: followStation(station, view, tally, signal) };
}

describe('a run that is followed', () => {
  it('is shown to its end, and counts', async () => {
    const { station, tally, told, exitCode } = follow();
    station.emit('note', 'took over');
    station.emit('status', status('p'));
    station.emit('result', result('p'));
    station.ended.resolve({ ...NO_TOTALS, passed: 1 });
    expect(await exitCode).toBe(0);
    expect(told).toEqual(['took over', 'changed', 'passed', 'end 1 0', 'close']);
    expect(tally.recent.map((recent) => ('note' in recent ? recent.note : recent.result.outcome))).toEqual([
      'took over',
      'passed',
    ]);
  });

  it('fails if a unit failed, whatever else passed', async () => {
    const { station, tally, exitCode } = follow();
    station.emit('result', result('p', WRONG_SIM));
    station.ended.resolve({ ...NO_TOTALS, passed: 9, failed: 1 });
    expect(await exitCode).toBe(1);
    expect(tally.reasons).toEqual([['WRONG_SIM', 1]]);
  });

  it('says that it is ending when it is asked to', async () => {
    const controller = new AbortController();
    const { station, told, exitCode } = follow(controller.signal);
    controller.abort();
    expect(told).toEqual(['stopping']);
    station.ended.resolve(NO_TOTALS);
    await exitCode;
    expect(told).toEqual(['stopping', 'end 0 0', 'close']);
  });

  it('leaves the terminal in order when the station cannot go on', async () => {
    const { station, told, exitCode } = follow();
    station.ended.reject(new Error('the ledger is gone'));
    await expect(exitCode).rejects.toThrow('the ledger is gone');
    expect(told).toEqual(['close']);
  });
});

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
