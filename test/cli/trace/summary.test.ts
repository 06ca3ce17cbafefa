import { describe, expect, it } from 'vitest';
import { Durations } from '../../../src/cli/trace/summary.js';

describe('durations', () => {
  it('are exact for a recording of usual length', () => {
    const durations = new Durations();
    expect(durations.summary()).toEqual({ count: 0, median: 0, p95: 0, max: 0 });
    for (let ms = 100; ms >= 1; ms -= 1) durations.add(ms);
    expect(durations.summary()).toEqual({ count: 100, median: 50, p95: 95, max: 100 });
  });

  it('are close for one of any length', () => {
    const durations = new Durations();
    for (let index = 0; index < 100_000; index += 1) durations.add((index * 7919) % 1000);
    const { count, median, p95, max } = durations.summary();
    expect([count, max]).toEqual([100_000, 999]);
    // Three standard deviations of a sample of 4096.
    expect(Math.abs(median - 500)).toBeLessThan(24);
    expect(Math.abs(p95 - 950)).toBeLessThan(11);
  });
});
