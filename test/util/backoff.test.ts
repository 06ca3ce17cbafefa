import { describe, expect, it } from 'vitest';
import { Backoff } from '../../src/util/backoff.js';

function delays(backoff: Backoff, count: number): number[] {
  return Array.from({ length: count }, () => backoff.next());
}

describe('back-off', () => {
  it('doubles up to the maximum, spread over the upper half', () => {
    expect(delays(new Backoff({ initial: 100, maximum: 1000, random: () => 0 }), 6)).toEqual([
      50, 100, 200, 400, 500, 500,
    ]);
    expect(delays(new Backoff({ initial: 100, maximum: 1000, random: () => 0.5 }), 5)).toEqual([
      75, 150, 300, 600, 750,
    ]);
  });

  it('grows by the factor', () => {
    expect(delays(new Backoff({ initial: 10, maximum: 1000, factor: 3, random: () => 0 }), 4)).toEqual([
      5, 15, 45, 135,
    ]);
  });

  it('counts, and begins anew after a reset', () => {
    const backoff = new Backoff({ initial: 100, maximum: 1000, random: () => 0 });
    delays(backoff, 3);
    expect(backoff.tries).toBe(3);
    backoff.reset();
    expect([backoff.tries, backoff.next()]).toEqual([0, 50]);
  });

  it('never exceeds the maximum, however often it is asked', () => {
    const backoff = new Backoff({ initial: 1000, maximum: 60_000 });
    for (const delay of delays(backoff, 2000).slice(10)) {
      expect(delay).toBeGreaterThanOrEqual(30_000);
      expect(delay).toBeLessThanOrEqual(60_000);
    }
  });
});
