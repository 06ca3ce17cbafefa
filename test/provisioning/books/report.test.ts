import { describe, expect, it } from 'vitest';
import { makeReport } from '../../../src/provisioning/books/report.js';
import { attempt, NOON } from './records.js';

const failed = (code: string, message = code) => ({ outcome: 'failed' as const, reason: { code, message } });

describe('a report', () => {
  it('counts each module once, by the last attempt that passed or failed', () => {
    const { total } = makeReport(
      [
        ...[attempt(1, { imei: 'a', ...failed('X') }), attempt(2, { imei: 'a' })],
        ...[attempt(3, { imei: 'b' }), attempt(4, { imei: 'b', ...failed('X') })],
        ...[attempt(5, { imei: 'c' }), attempt(6, { imei: 'c', outcome: 'already' })],
        ...[attempt(7, { imei: 'd' }), attempt(8, { imei: 'd', outcome: 'interrupted' })],
        attempt(9, { imei: 'e', outcome: 'interrupted' }),
        attempt(10, { imei: 'f', outcome: 'already' }),
        attempt(11, { imei: 'g', outcome: undefined, endedAt: undefined }),
      ],
      {},
    );
    expect(total).toMatchObject({ units: 7, passed: 3, failed: 1, interrupted: 1, already: 1, running: 1 });
    expect(total).toMatchObject({ attempts: 9, retries: 3 });
  });

  it('leaves a unit passed when a clone of it is refused', () => {
    const clone = attempt(2, { imei: 'a', tripleId: undefined, ...failed('IMEI_OTHER_SIM') });
    expect(makeReport([attempt(1, { imei: 'a' }), clone], {})).toMatchObject({
      total: { units: 1, passed: 1, failed: 0, attempts: 2 },
      failures: [{ code: 'IMEI_OTHER_SIM' }],
    });
    const wrongSim = attempt(2, { imei: 'a', ...failed('WRONG_SIM') });
    expect(makeReport([attempt(1, { imei: 'a' }), wrongSim], {}).total).toMatchObject({ failed: 1 });
    expect(makeReport([clone], {}).total).toMatchObject({ failed: 1 });
  });

  it('takes for the first pass what passed at its very first attempt, whenever that was', () => {
    const history = [
      attempt(1, { imei: 'a', ...failed('X'), startedAt: NOON - 86_400_000 }),
      ...[attempt(2, { imei: 'a' }), attempt(3, { imei: 'b' }), attempt(4, { imei: 'c', ...failed('X') })],
      ...[attempt(5, { imei: 'd', outcome: 'already' }), attempt(6, { imei: 'd' })],
    ];
    const { total } = makeReport(history, { since: NOON });
    expect(total).toMatchObject({ units: 4, passed: 3, failed: 1, retries: 1 });
    expect(total.firstPassYield).toBeCloseTo(2 / 3);
  });

  it('reckons the rate over the time in which work went on', () => {
    const minutes = (from: number, to: number) => ({
      startedAt: NOON + from * 60_000,
      endedAt: NOON + to * 60_000,
    });
    const { total } = makeReport(
      [
        attempt(1, { imei: 'a', ...minutes(0, 5) }),
        attempt(2, { imei: 'b', ...minutes(1, 4) }),
        attempt(3, { imei: 'c', ...minutes(15, 20) }),
        // More than ten minutes after the last: a break.
        attempt(4, { imei: 'd', ...minutes(31, 41) }),
        // Ended on the books by the station that started a day later.
        attempt(5, { imei: 'e', ...minutes(41, 1441), outcome: 'interrupted' }),
      ],
      {},
    );
    expect(total.workingTime).toBe(30 * 60_000);
    expect(total.ratePerHour).toBeCloseTo(8);
  });

  it('leaves out the time of an attempt in which the clock was set back', () => {
    const { total } = makeReport([attempt(1), attempt(2, { endedAt: NOON - 3_600_000 })], {});
    expect(total).toMatchObject({ passed: 1, medianTime: 10_000, p95Time: 10_000, workingTime: 60_000 });
  });

  it('gives median and 95th percentile of the attempts that passed', () => {
    const history = Array.from({ length: 20 }, (_none, index) =>
      attempt(index + 1, { startedAt: NOON, endedAt: NOON + (index + 1) * 1000 }),
    );
    const slow = attempt(21, { ...failed('X'), startedAt: NOON, endedAt: NOON + 600_000 });
    const { total } = makeReport([...history, slow], {});
    expect([total.medianTime, total.p95Time]).toEqual([10_000, 19_000]);
  });

  it('names the reasons, the most frequent first, and the units behind them', () => {
    const { failures } = makeReport(
      [
        attempt(1, { imei: 'a', ...failed('RARE') }),
        attempt(2, { imei: 'b', ...failed('OFTEN', 'the earlier words') }),
        attempt(3, { imei: 'b', ...failed('OFTEN', 'the latest words') }),
      ],
      {},
    );
    expect(failures).toEqual([
      { code: 'OFTEN', attempts: 2, units: 1, message: 'the latest words' },
      { code: 'RARE', attempts: 1, units: 1, message: 'RARE' },
    ]);
  });

  it('tells stations and operators apart, and narrows to one', () => {
    const history = [
      attempt(1, { imei: 'a', station: 'two', operator: 'ann' }),
      attempt(2, { imei: 'b', station: 'one', operator: 'bob' }),
      attempt(3, { imei: 'c', station: 'one', operator: 'ann', ...failed('X') }),
    ];
    const all = makeReport(history, {});
    expect(all.stations.map(({ name, passed, failed: bad }) => [name, passed, bad])).toEqual([
      ['one', 1, 1],
      ['two', 1, 0],
    ]);
    expect(all.operators.map(({ name, units }) => [name, units])).toEqual([
      ['ann', 2],
      ['bob', 1],
    ]);
    expect(makeReport(history, { station: 'one', operator: 'ann' }).total).toMatchObject({
      units: 1,
      failed: 1,
    });
    expect(makeReport(history, { until: NOON + 60_000 }).total.units).toBe(0);
    expect(makeReport(history, { since: NOON + 60_000, until: NOON + 60_001 }).total.units).toBe(1);
  });

  it('of nothing has no rate, no yield and no times', () => {
    const { total, from } = makeReport([], {});
    expect(total).toMatchObject({ units: 0, workingTime: 0 });
    expect([from, total.ratePerHour, total.firstPassYield, total.medianTime]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
