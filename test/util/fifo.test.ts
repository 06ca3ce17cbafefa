import { describe, expect, it } from 'vitest';
import { Fifo } from '../../src/util/fifo.js';

describe('Fifo', () => {
  it('gives what came first, whatever comes meanwhile', () => {
    const fifo = new Fifo<number>();
    for (const item of [1, 2, 3]) fifo.push(item);
    expect([fifo.shift(), fifo.length]).toEqual([1, 2]);
    fifo.push(4);
    expect([1, 2, 3, 4].map(() => fifo.shift())).toEqual([2, 3, 4, undefined]);
    fifo.push(5);
    expect([fifo.length, fifo.shift(), fifo.length]).toEqual([1, 5, 0]);
  });

  it('gives all that are left, in their order', () => {
    const fifo = new Fifo<number>();
    for (const item of [1, 2, 3]) fifo.push(item);
    fifo.shift();
    fifo.push(4);
    expect([fifo.drain(), fifo.length, fifo.shift(), fifo.drain()]).toEqual([[2, 3, 4], 0, undefined, []]);
  });
});
