import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onAbort } from '../../src/util/abort.js';
import { deferred } from '../../src/util/deferred.js';
import { delay } from '../../src/util/delay.js';

describe('onAbort', () => {
  it('calls the listener once, when the signal fires', () => {
    const abort = new AbortController();
    const listener = vi.fn();
    onAbort(abort.signal, listener);
    expect(listener).not.toHaveBeenCalled();
    abort.abort();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('calls it at once if the signal has fired, and leaves no listener', () => {
    const signal = AbortSignal.abort();
    const listener = vi.fn();
    onAbort(signal, listener)();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('takes the listener back', () => {
    const abort = new AbortController();
    const listener = vi.fn();
    onAbort(abort.signal, listener)();
    abort.abort();
    expect(listener).not.toHaveBeenCalled();
  });

  it('tells all who wait for one signal, in their order, without those that left, through one listener', () => {
    const abort = new AbortController();
    const told: string[] = [];
    const forget = ['a', 'b', 'c', 'd'].map((name) => onAbort(abort.signal, () => told.push(name)));
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
    forget[1]?.();
    onAbort(abort.signal, () => forget[2]?.());
    onAbort(abort.signal, () => onAbort(abort.signal, () => told.push('late')));
    abort.abort();
    expect(told).toEqual(['a', 'c', 'd', 'late']);
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('listens anew after the last one has left', () => {
    const abort = new AbortController();
    const listener = vi.fn();
    onAbort(abort.signal, listener)();
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
    onAbort(abort.signal, listener);
    abort.abort();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('does nothing without a signal', () => {
    const listener = vi.fn();
    onAbort(undefined, listener)();
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('delay', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('resolves when the time is over, not before, and leaves no listener', async () => {
    const abort = new AbortController();
    const done = vi.fn();
    const waiting = delay(1000, abort.signal).then(done);
    await vi.advanceTimersByTimeAsync(999);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('resolves when the signal fires, and leaves no timer', async () => {
    const abort = new AbortController();
    const waiting = delay(1000, abort.signal);
    expect(vi.getTimerCount()).toBe(1);
    abort.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for a signal that has fired', async () => {
    await delay(1000, AbortSignal.abort());
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('deferred', () => {
  it('resolves and rejects from outside', async () => {
    const good = deferred<number>();
    good.resolve(7);
    expect(await good.promise).toBe(7);
    const bad = deferred<number>();
    bad.reject(new Error('no'));
    await expect(bad.promise).rejects.toThrow('no');
  });
});
