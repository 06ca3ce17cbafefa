import { expect, it } from 'vitest';
import { seededRandom } from '../../src/util/random.js';

const first = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

it('gives the same sequence for the same seed, another for another', () => {
  expect(first(7, 5)).toEqual(first(7, 5));
  expect(first(7, 5)).not.toEqual(first(8, 5));
});

it('stays at 0 or above and below 1, and fills that range evenly', () => {
  const values = first(1, 10_000);
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
  expect(tenths).toHaveLength(10);
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it('takes any number as a seed', () => {
  expect(first(-1, 1)).toEqual(first(0xffffffff, 1));
  expect(first(2 ** 32, 1)).toEqual(first(0, 1));
});
