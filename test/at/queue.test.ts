import { describe, expect, it } from 'vitest';
import { PriorityQueue } from '../../src/at/queue.js';

function filled(): PriorityQueue<string> {
  const queue = new PriorityQueue<string>();
  queue.push('p1', 'polling');
  queue.push('u1', 'user');
  queue.push('r1', 'recovery');
  queue.push('u2', 'user');
  return queue;
}

describe('PriorityQueue', () => {
  it('serves recovery, then user, then polling, and in order within one', () => {
    const queue = filled();
    expect(queue.size).toBe(4);
    expect([1, 2, 3, 4, 5].map(() => queue.shift())).toEqual(['r1', 'u1', 'u2', 'p1', undefined]);
    expect(queue.size).toBe(0);
  });

  it('takes one out, once', () => {
    const queue = filled();
    expect(queue.remove('u1')).toBe(true);
    expect(queue.remove('u1')).toBe(false);
    expect(queue.drain()).toEqual(['r1', 'u2', 'p1']);
    expect(queue.drain()).toEqual([]);
  });
});
