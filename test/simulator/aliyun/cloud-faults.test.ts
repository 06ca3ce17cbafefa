import { describe, expect, it } from 'vitest';
import { AliyunCloudFaults } from '../../../src/simulator/aliyun/aliyun-cloud-faults.js';

function faultsWith(...specs: string[]): AliyunCloudFaults {
  const faults = new AliyunCloudFaults();
  for (const spec of specs) faults.on(spec);
  return faults;
}

/** The first answers to a question. */
function four<T>(ask: () => T): T[] {
  return [ask(), ask(), ask(), ask()];
}

describe('the faults of the simulated cloud', () => {
  it('change nothing while they are off', () => {
    const faults = faultsWith();
    expect(faults.list).toEqual([]);
    expect([faults.delay, faults.isDeaf, faults.dropsAfterLogin()]).toEqual([0, false, false]);
    expect([faults.registrationFate(), faults.loginRefusal()]).toEqual([undefined, undefined]);
  });

  it.each([
    ['error=503', { processed: false, status: 503 }],
    ['error-after=500', { processed: true, status: 500 }],
    ['cut', { processed: true }],
    ['cut-before', { processed: false }],
  ])('%s decides over each registration', (spec, fate) => {
    const faults = faultsWith(spec);
    expect(four(() => faults.registrationFate())).toEqual([fate, fate, fate, fate]);
  });

  it.each([
    ['error=503:2', [503, 503, undefined, undefined]],
    ['error-after=500:1', [500, undefined, undefined, undefined]],
  ])('%s holds for the next ones alone', (spec, statuses) => {
    const faults = faultsWith(spec);
    expect(four(() => faults.registrationFate()?.status)).toEqual(statuses);
  });

  it.each(['cut=2', 'cut-before=2'])('%s holds for the next two alone', (spec) => {
    const faults = faultsWith(spec);
    expect(four(() => faults.registrationFate() !== undefined)).toEqual([true, true, false, false]);
  });

  it('one that is spent leaves the next to the other', () => {
    const faults = faultsWith('error=503', 'cut=1');
    expect(four(() => faults.registrationFate()?.status)).toEqual([undefined, 503, 503, 503]);
  });

  it('decide over logins and the time service', () => {
    const faults = faultsWith('refuse-login=4:1', 'drop-after-login=1', 'deaf', 'slow=250');
    expect(four(() => faults.loginRefusal())).toEqual([4, undefined, undefined, undefined]);
    expect(four(() => faults.dropsAfterLogin())).toEqual([true, false, false, false]);
    expect([faults.isDeaf, faults.delay]).toEqual([true, 250]);
  });

  it('are switched by name at any time, and anew when they are on', () => {
    const faults = faultsWith('slow=1', 'cut=1', 'slow=2');
    expect([faults.list, faults.delay]).toEqual([['slow=2', 'cut=1'], 2]);
    faults.registrationFate();
    faults.on('cut=1');
    expect(faults.registrationFate()).toEqual({ processed: true });
    faults.off('slow');
    faults.off('deaf');
    expect([faults.list, faults.delay]).toEqual([['cut=1'], 0]);
    faults.off('cut=1');
    expect(faults.list).toEqual([]);
    faults.on('deaf');
    faults.clear();
    expect(faults.isDeaf).toBe(false);
  });

  it.each([
    'gremlins',
    'slow',
    'slow=',
    'slow=0',
    'slow=1.5',
    'error',
    'error=200',
    'error=503:0',
    'error=503:x',
    'cut=0',
    'cut=-1',
    'deaf=1',
    'refuse-login=0',
    'refuse-login=6',
    '',
  ])('%j is refused, and what is on stays on', (spec) => {
    const faults = faultsWith('cut');
    expect(() => faults.on(spec)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(faults.list).toEqual(['cut']);
  });
});
