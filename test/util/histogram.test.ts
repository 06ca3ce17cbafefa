import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/util/histogram.js';

describe('Histogram', () => {
  it('of nothing says so', () => {
    expect(new Histogram().summary()).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  });

  it('of one value knows it', () => {
    const histogram = new Histogram();
    histogram.record(500);
    expect(histogram.summary()).toEqual({ count: 1, mean: 500, p50: 500, p90: 500, p99: 500, max: 500 });
  });

  it('of very small, very large and no time stays within its bounds', () => {
    const histogram = new Histogram();
    for (const ms of [0, 0.001, 0.05, 3_600_000]) histogram.record(ms);
    expect(histogram.summary()).toMatchObject({ count: 4, p50: 0.05, max: 3_600_000, p99: 3_600_000 });
  });

  it.each([
    ['p50', 500],
    ['p90', 900],
    ['p99', 990],
  ] as const)('gives %s of 1 to 1000 ms within a fifth, never below', (key, exact) => {
    const histogram = new Histogram();
    for (let ms = 1; ms <= 1000; ms += 1) histogram.record(ms);
    const value = histogram.summary()[key];
    expect(value).toBeGreaterThanOrEqual(exact);
    expect(value).toBeLessThanOrEqual(exact * 1.2);
  });
});
