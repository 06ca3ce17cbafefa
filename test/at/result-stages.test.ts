import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Job } from '../../src/at/job.js';
import { ResultStages } from '../../src/at/result-stages.js';
import type { Urc } from '../../src/at/urc.js';

interface Published {
  readonly id: number;
  readonly result: number;
}

const PUBLISHED: Urc<Published> = {
  name: '+PUB',
  parse: ({ text }) => {
    const match = /^\+PUB: (\d+),(\d+)$/.exec(text);
    return match === null ? undefined : { id: Number(match[1]), result: Number(match[2]) };
  },
  format: ({ id, result }) => ({ text: `+PUB: ${id},${result}` }),
};

function publish(id: number, limit: number | undefined = 100): Job {
  const request = {
    line: `AT+PUB=${id}`,
    limits: { response: 100, ...(limit === undefined ? {} : { result: limit }) },
    owns: () => false,
    parse: () => null,
    result: {
      urc: PUBLISHED,
      matches: (value: unknown) => (value as Published).id === id,
      // 7: the module sends again.
      intermediate: (value: unknown) => (value as Published).result === 7,
      beforeError: false,
    },
  };
  return new Job(request, {}, () => {});
}

function stages(...jobs: Job[]): ResultStages {
  const results = new ResultStages((job, limit) => job.reject(job.timeoutError(limit)));
  for (const job of jobs) results.expect(job);
  return results;
}

describe('ResultStages', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('matches results by their id, in any order', async () => {
    const jobs = [publish(1), publish(2), publish(3)] as const;
    const results = stages(...jobs);
    for (const job of jobs) results.accept(job);
    for (const text of ['+PUB: 3,0', '+PUB: 1,2', '+PUB: 2,1']) expect(results.dispatch({ text })).toBe(true);
    expect(results.size).toBe(0);
    expect(await Promise.all(jobs.map((job) => job.promise))).toEqual([
      { id: 1, result: 2 },
      { id: 2, result: 1 },
      { id: 3, result: 0 },
    ]);
  });

  it('completes the oldest of several that match, as those with message id 0 do', async () => {
    const [first, second] = [publish(0), publish(0)] as const;
    const results = stages(first, second);
    results.accept(first);
    results.accept(second);
    results.dispatch({ text: '+PUB: 0,1' });
    expect(second.settled).toBe(false);
    results.dispatch({ text: '+PUB: 0,0' });
    expect(await first.promise).toEqual({ id: 0, result: 1 });
    expect(await second.promise).toEqual({ id: 0, result: 0 });
  });

  it('goes on waiting at an intermediate result, with the whole limit again', async () => {
    const job = publish(1);
    const results = stages(job);
    // Before the OK no limit has begun.
    expect(results.dispatch({ text: '+PUB: 1,7' })).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    results.accept(job);
    vi.advanceTimersByTime(90);
    results.dispatch({ text: '+PUB: 1,7' });
    vi.advanceTimersByTime(90);
    expect(job.settled).toBe(false);
    results.dispatch({ text: '+PUB: 1,0' });
    expect(await job.promise).toEqual({ id: 1, result: 0 });
  });

  it('runs out of time after the last intermediate result', async () => {
    const job = publish(1);
    const results = stages(job);
    results.accept(job);
    vi.advanceTimersByTime(90);
    results.dispatch({ text: '+PUB: 1,7' });
    const late = expect(job.promise).rejects.toMatchObject({ code: 'TIMEOUT', stage: 'result', limit: 100 });
    vi.advanceTimersByTime(100);
    await late;
    expect(results.size).toBe(0);
  });

  it('keeps a result that comes before the OK, and only the first', async () => {
    const job = publish(1);
    const results = stages(job);
    expect(results.dispatch({ text: '+PUB: 1,2' })).toBe(true);
    expect(job.settled).toBe(false);
    expect(results.dispatch({ text: '+PUB: 1,0' })).toBe(false);
    results.accept(job);
    expect(await job.promise).toEqual({ id: 1, result: 2 });
  });

  it('lets lines of other shapes and other ids go', () => {
    const results = stages(publish(1));
    for (const text of ['+PUB: 2,0', '+PUB: 1', '+PUBX: 1,0', 'OK']) {
      expect(results.claims({ text })).toBe(false);
      expect(results.dispatch({ text })).toBe(false);
    }
    expect(results.claims({ text: '+PUB: 1,0' })).toBe(true);
    expect(results.size).toBe(1);
  });

  it('counts the limit from the OK, and forgets what expired', async () => {
    const job = publish(1);
    const results = stages(job);
    await vi.advanceTimersByTimeAsync(1000);
    results.accept(job);
    const failed = expect(job.promise).rejects.toMatchObject({
      code: 'TIMEOUT',
      stage: 'result',
      limit: 100,
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(job.settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expect(results.dispatch({ text: '+PUB: 1,0' })).toBe(false);
  });

  it('has no limit where none is declared', async () => {
    const job = new Job({ ...publish(1).request, limits: { response: 1 } }, {}, () => {});
    const results = stages(job);
    results.accept(job);
    expect(vi.getTimerCount()).toBe(0);
    results.dispatch({ text: '+PUB: 1,0' });
    expect(await job.promise).toEqual({ id: 1, result: 0 });
  });

  it('forgets one, or all, with their timers', () => {
    const jobs = [publish(1), publish(2)] as const;
    const results = stages(...jobs);
    for (const job of jobs) results.accept(job);
    expect(results.forget(jobs[0])).toBe(true);
    expect(results.forget(jobs[0])).toBe(false);
    results.accept(jobs[0]);
    expect(results.drain()).toEqual([jobs[1]]);
    expect(results.size).toBe(0);
  });

  it('parses a line once, however many wait for such a one', () => {
    const jobs = [publish(1), publish(2), publish(3)] as const;
    const results = stages(...jobs);
    for (const job of jobs) results.accept(job);
    const parse = vi.spyOn(PUBLISHED, 'parse');
    expect([results.claims({ text: '+CSQ: 1' }), results.dispatch({ text: '+PUB: 3,0' })]).toEqual([
      false,
      true,
    ]);
    expect(parse).toHaveBeenCalledTimes(2);
    parse.mockRestore();
    expect(results.drain()).toEqual([jobs[0], jobs[1]]);
    expect(results.claims({ text: '+PUB: 1,0' })).toBe(false);
  });

  it('has nothing to do with commands of one stage', () => {
    const { result: _, ...request } = publish(1).request;
    const results = stages(new Job(request, {}, () => {}));
    expect(results.size).toBe(0);
  });
});
