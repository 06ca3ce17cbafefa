import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { delivery } from '../../src/client/delivery.js';
import { ModemError } from '../../src/errors/modem-error.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('a delivery', () => {
  it.each(['resolve', 'reject'] as const)(
    'that settles by %s leaves neither timer nor listener',
    async (how) => {
      vi.useFakeTimers();
      const abort = new AbortController();
      const givenUp = vi.fn();
      const sent = delivery('publish', { timeout: 1000, signal: abort.signal }, givenUp);
      if (how === 'resolve') sent.resolve();
      else sent.reject(new ModemError('CLOSED', 'over'));
      await sent.promise.catch(() => {});
      expect(vi.getTimerCount()).toBe(0);
      expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
      abort.abort();
      expect(givenUp).not.toHaveBeenCalled();
      expect(sent.signal?.aborted).toBe(false);
    },
  );

  it('has no signal if nobody can give it up', () => {
    expect(delivery('publish', {}, () => {}).signal).toBeUndefined();
  });

  it('is given up when its time is over', async () => {
    vi.useFakeTimers();
    const givenUp = vi.fn();
    const sent = delivery('publish', { timeout: 1000 }, givenUp);
    const refused = expect(sent.promise).rejects.toMatchObject({
      code: 'TIMEOUT',
      stage: 'result',
      limit: 1000,
    });
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
    expect(givenUp).toHaveBeenCalledTimes(1);
    expect(sent.signal?.reason).toMatchObject({ code: 'TIMEOUT' });
  });

  it('is given up when the signal fires, and settles once', async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const givenUp = vi.fn();
    const sent = delivery('publish', { timeout: 1000, signal: abort.signal }, givenUp);
    const refused = expect(sent.promise).rejects.toMatchObject({
      code: 'ABORTED',
      message: 'publish: aborted by the caller',
    });
    abort.abort();
    sent.resolve();
    await refused;
    await vi.advanceTimersByTimeAsync(1000);
    expect(givenUp).toHaveBeenCalledTimes(1);
  });
});
