import { describe, expect, it } from 'vitest';
import { WindowSize } from '../../../src/client/outbox/window-size.js';

/** Results until it grows by one. */
function resultsToGrow(size: WindowSize): number {
  const before = size.current;
  for (let results = 1; results <= 5000; results += 1) {
    size.delivered();
    if (size.current > before) return results;
  }
  return Number.POSITIVE_INFINITY;
}

describe('the size of the publish window', () => {
  it('is the maximum until the module refuses', () => {
    const size = new WindowSize(16);
    expect(resultsToGrow(size)).toBe(Number.POSITIVE_INFINITY);
    expect(size.current).toBe(16);
    size.refused(5);
    expect(size.current).toBe(5);
  });

  it('grows after 16 results in a row, which a failure ends', () => {
    const size = new WindowSize(16);
    size.refused(5);
    for (let n = 0; n < 15; n += 1) size.delivered();
    size.failed();
    expect(resultsToGrow(size)).toBe(16);
    expect(size.current).toBe(6);
  });

  it('grows half as often each time that it was refused for it, but once in 1024 results', () => {
    const size = new WindowSize(16);
    const waits: number[] = [];
    for (let n = 0; n < 9; n += 1) {
      size.refused(5);
      waits.push(resultsToGrow(size));
    }
    expect(waits).toEqual([16, 32, 64, 128, 256, 512, 1024, 1024, 1024]);
  });

  it('grows back soon when the module takes more again', () => {
    const size = new WindowSize(9);
    for (let n = 0; n < 4; n += 1) {
      size.refused(5);
      resultsToGrow(size);
    }
    expect([resultsToGrow(size), resultsToGrow(size), resultsToGrow(size)]).toEqual([128, 16, 16]);
    expect(size.current).toBe(9);
  });

  it('waits no longer for one that is refused again before it has grown', () => {
    const size = new WindowSize(16);
    size.refused(5);
    size.refused(4);
    expect(resultsToGrow(size)).toBe(16);
  });
});
