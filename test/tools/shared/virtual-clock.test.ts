import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delay } from '../../../src/util/delay.js';
import { VirtualClock } from './virtual-clock.js';

describe('the virtual clock', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock();
    clock.install();
  });
  afterEach(() => clock.uninstall());

  it('lets an hour pass at once, in the order in which timers are due', async () => {
    const order: string[] = [];
    const start = performance.now();
    const wall = Date.now();
    setTimeout(() => order.push('hour'), 3_600_000);
    setTimeout((text: string) => order.push(text), 1_000, 'second');
    const often = setInterval(() => order.push('often'), 1_000_000);
    await clock.run(delay(3_600_001));
    clearInterval(often);
    expect(order).toEqual(['second', 'often', 'often', 'often', 'hour']);
    expect(performance.now() - start).toBe(3_600_001);
    expect(Date.now() - wall).toBe(3_600_001);
    expect(new Date().toISOString()).toBe(new Date(wall + 3_600_001).toISOString());
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(clock.pending).toBe(0);
  });

  it('waits for what goes on without timers', async () => {
    const turns = async (): Promise<number> => {
      for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return performance.now();
    };
    setTimeout(() => {}, 10);
    expect(await clock.run(turns())).toBe(0);
  });

  it('starts timers anew, and takes them back', async () => {
    const fired: number[] = [];
    const timer = setTimeout(() => fired.push(performance.now()), 100);
    setTimeout(() => timer.refresh(), 60);
    const cleared = setTimeout(() => fired.push(-1), 50);
    clearTimeout(cleared);
    clearTimeout(undefined);
    await clock.run(delay(500));
    expect(fired).toEqual([160]);
  });

  it('lets so much time pass, or less', async () => {
    const fired: number[] = [];
    const timer = setInterval(() => fired.push(performance.now()), 400);
    await clock.pass(1_000);
    expect(fired).toEqual([400, 800]);
    expect(clock.now).toBe(1_000);
    await clock.pass(1_000, () => fired.length === 3);
    expect(clock.now).toBe(1_200);
    clearInterval(timer);
    expect(clock.pending).toBe(0);
  });

  it('throws when nothing will ever happen', async () => {
    await expect(clock.run(new Promise(() => {}))).rejects.toThrow('the clock stands still');
  });
});
