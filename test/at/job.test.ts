import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Job } from '../../src/at/job.js';
import { ModemError } from '../../src/errors/modem-error.js';

const REQUEST = {
  line: 'AT+LMQTTCONN=0,"id","user","secret"',
  limits: { response: 1 },
  owns: () => false,
  parse: () => null,
};

const interrupt = (job: Job, error: ModemError) => job.reject(error);

describe('Job', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('settles once, whatever happens first', async () => {
    const job = new Job(REQUEST, { timeout: 10 }, interrupt);
    job.resolve(1);
    job.resolve(2);
    job.reject(new ModemError('CLOSED', 'x'));
    expect(job.settled).toBe(true);
    expect(await job.promise).toBe(1);
  });

  it('tells the limit of the caller, the stage, the masked line and the lines so far', async () => {
    const job = new Job(REQUEST, { timeout: 10 }, interrupt);
    job.stage = 'response';
    job.lines = [{ text: '+A: 1' }];
    const failed = expect(job.promise).rejects.toMatchObject({
      code: 'TIMEOUT',
      stage: 'response',
      limit: 10,
      command: 'AT+LMQTTCONN=0,"id","user","***"',
      lines: ['+A: 1'],
      message: 'AT+LMQTTCONN=0,"id","user","***": no final result code within 10 ms',
    });
    await vi.advanceTimersByTimeAsync(10);
    await failed;
  });

  it('takes its listener off the signal when it settles', () => {
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    new Job(REQUEST, { signal: controller.signal }, interrupt).resolve(null);
    expect(remove).toHaveBeenCalledOnce();
  });

  it('rejects at once when the signal has fired, with its reason', async () => {
    const job = new Job(REQUEST, { signal: AbortSignal.abort('why'), timeout: 10 }, interrupt);
    await expect(job.promise).rejects.toMatchObject({ code: 'ABORTED', cause: 'why' });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('refuses the timeout %s', (timeout) => {
    expect(() => new Job(REQUEST, { timeout }, interrupt)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'timeout' }),
    );
  });

  it('refuses a priority that does not exist', () => {
    const options = { priority: 'urgent' as 'user', timeout: 10 };
    expect(() => new Job(REQUEST, options, interrupt)).toThrow(
      expect.objectContaining({ field: 'priority' }),
    );
  });
});
