import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedSet } from '../../src/util/ordered-set.js';

const STEPS = ['add', 'first', 'shift', 'delete', 'drain'] as const;

describe('OrderedSet', () => {
  it('does what a list does, in any order of its operations', () => {
    const step = fc.record({ what: fc.constantFrom(...STEPS), item: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const set = new OrderedSet<number>();
        let list: number[] = [];
        for (const { what, item } of steps) {
          if (what === 'add' && !list.includes(item)) {
            set.add(item);
            list.push(item);
          }
          if (what === 'first') expect(set.first).toBe(list[0]);
          if (what === 'shift') expect(set.shift()).toBe(list.shift());
          if (what === 'delete') {
            expect(set.delete(item)).toBe(list.includes(item));
            list = list.filter((other) => other !== item);
          }
          if (what === 'drain') expect(set.drain()).toEqual(list.splice(0));
          expect(set.size).toBe(list.length);
        }
        expect(set.drain()).toEqual(list);
      }),
    );
  });

  it('keeps its order while it shrinks and grows by thousands', () => {
    const set = new OrderedSet<number>();
    for (let n = 0; n < 5_000; n += 1) set.add(n);
    for (let n = 0; n < 4_900; n += 1) expect(set.shift()).toBe(n);
    for (let n = 5_000; n < 10_000; n += 1) set.add(n);
    for (let n = 4_900; n < 10_000; n += 1) expect(set.shift()).toBe(n);
    expect(set.shift()).toBeUndefined();
  });
});
