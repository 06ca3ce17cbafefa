import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runTiming, splitTiming } from '../../src/simulator/module/faults/timing.js';
import { seededRandom } from '../../src/util/random.js';
import { useFixture } from './fixture.js';

const fixture = useFixture();

describe('written behind a fault', () => {
  test.each([
    ['reboot', 'reboot', undefined],
    ['split=3', 'split=3', undefined],
    ['reboot@500ms', 'reboot', { kind: 'once', time: 500, duration: undefined }],
    ['unplug@1m+10s', 'unplug', { kind: 'once', time: 60_000, duration: 10_000 }],
    ['drop-broker%30s', 'drop-broker', { kind: 'repeated', time: 30_000, duration: undefined }],
    ['lost-lines=5%2h+3s', 'lost-lines=5', { kind: 'repeated', time: 7_200_000, duration: 3_000 }],
  ])('%s', (spec, fault, timing) => {
    expect(splitTiming(spec)).toEqual({ fault, timing });
  });

  test.each([
    'reboot@',
    'reboot@5',
    'reboot@0s',
    'reboot@-1s',
    'reboot@5s+',
    'reboot@5s@6s',
    'reboot@1.5s',
    'reboot@600h',
  ])('%s is refused', (spec) => {
    expect(() => splitTiming(spec)).toThrow(
      `fault is "${spec}", but must be timed as in reboot@500ms, silent%30s+2s`,
    );
  });
});

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function record(spec: string, seed = 7): { log: string[]; stop: () => void } {
    const log: string[] = [];
    const { timing } = splitTiming(spec);
    if (timing === undefined) throw new Error('no timing');
    const stop = runTiming(timing, seededRandom(seed), {
      on: () => log.push(`on ${Date.now()}`),
      off: () => log.push(`off ${Date.now()}`),
    });
    return { log, stop };
  }

  test('once, and off again', () => {
    vi.setSystemTime(0);
    const { log } = record('x@5s+2s');
    vi.advanceTimersByTime(3_600_000);
    expect(log).toEqual(['on 5000', 'off 7000']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('again and again, so far apart on average, the same with the same seed', () => {
    vi.setSystemTime(0);
    const { log, stop } = record('x%30s');
    vi.advanceTimersByTime(30_000_000);
    expect(log.length).toBeGreaterThan(900);
    expect(log.length).toBeLessThan(1100);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.setSystemTime(0);
    const again = record('x%30s');
    vi.advanceTimersByTime(30_000_000);
    expect(again.log).toEqual(log);
    again.stop();
  });

  test('is never on twice', () => {
    const { log, stop } = record('x%10ms+50ms');
    vi.advanceTimersByTime(10_000);
    stop();
    expect(log.length).toBeGreaterThan(100);
    for (const [index, entry] of log.entries()) expect(entry).toMatch(index % 2 === 0 ? /^on/ : /^off/);
  });
});

describe('switches', () => {
  test.each([
    ['reboot@5s+2s', 'without a duration, as it happens and is over'],
    ['unplug%5s', 'followed by a duration, as in unplug%5s+2s'],
    ['gremlins@5s', 'one of echo,'],
    ['split=0@5s', 'a whole number from 1 to 65536'],
  ])('refuse %s', async (spec, message) => {
    const { modem } = await fixture().module();
    expect(() => modem.faults.on(spec)).toThrow(message);
    expect(modem.faults.scheduled).toEqual([]);
  });

  test('tell when the clock switches', async () => {
    const { modem } = await fixture().module();
    const events: string[] = [];
    const ended = new Promise<void>((resolve) => {
      modem.on('fault', (spec, on) => {
        events.push(`${spec} ${on}`);
        if (!on) resolve();
      });
    });
    modem.faults.on('split=3@1ms+1ms');
    expect(modem.faults.scheduled).toEqual(['split=3@1ms+1ms']);
    expect(modem.faults.active).toEqual([]);
    await ended;
    expect(events).toEqual(['split=3 true', 'split=3 false']);
    modem.faults.off('split');
    expect(modem.faults.scheduled).toEqual([]);
  });
});
