import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, type Fate, simulate } from './resync-simulation.js';

/** What is known of these modules: about 500 ms [T]; a fast one, some around the interval of 500 ms, and slow ones. */
const TIMES = [10, 100, 490, 500, 510, 740, 900, 1400, 2000];

const LATE = { reason: 'late', tries: 8, late: { line: 'AT+X', owns: () => false } } as const;
const ATTENTION = { reason: 'attention', tries: 30 } as const;

const plain: Case = { options: ATTENTION, deaf: 0, echo: false, fates: [{ time: 10 }] };

/** `lines`: what is lost or said twice. Each takes up to a fifth more or less. */
function fates(time: number, lines: fc.Arbitrary<Omit<Fate, 'time'>>): fc.Arbitrary<Fate[]> {
  const one = fc.tuple(lines, fc.double({ min: 0.8, max: 1.2, noNaN: true }));
  const some = fc.array(one, { minLength: 1, maxLength: 30 });
  return some.map((all) => [
    ...all.map(([line, jitter]) => ({ ...line, time: Math.round(time * jitter) })),
    { time },
  ]);
}

function cases(times: readonly number[], lines: fc.Arbitrary<Omit<Fate, 'time'>>, refuses = false) {
  return fc.constantFrom(...times).chain((time) => {
    const answerTime = fc.constantFrom(undefined, time);
    const late = fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined });
    return fc.oneof(
      fc.record({
        options: answerTime.map((known) => ({ ...ATTENTION, answerTime: known })),
        deaf: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8000 })),
        echo: fc.boolean(),
        refuses: fc.constant(refuses),
        fates: fates(time, lines),
      }),
      fc.record({
        options: answerTime.map((known) => ({ ...LATE, answerTime: known })),
        deaf: fc.constant(0),
        late,
        echo: fc.boolean(),
        refuses: fc.constant(refuses),
        fates: fates(time, lines),
      }),
    );
  });
}

const WHOLE = fc.constant({});
const LOSSY = fc.constantFrom<Omit<Fate, 'time'>>(
  ...([{}, {}, {}, {}, { lost: 'input' }, { lost: 'answer' }, { lost: 'final' }] as const),
);
const BABBLING = fc.constantFrom<Omit<Fate, 'time'>>({}, {}, {}, { doubled: true });

/** As many as find a fault of one in some thousands; a failure prints its seed. */
const RUNS = { numRuns: 4000 };

describe('Resync and a module in virtual time', () => {
  it.each([
    [10, 2, 20],
    [100, 2, 200],
    [490, 2, 980],
    [510, 2, 1020],
    [740, 2, 1480],
    [900, 3, 2700],
    [1400, 4, 5600],
    [2000, 5, 10_000],
    [5000, 12, 60_000],
  ])('finds one that takes %i ms for each answer with %i lines, in %i ms', (time, lines, total) => {
    const outcome = simulate({ ...plain, fates: [{ time }] });
    expect(outcome).toEqual({ end: 'in-step', lines, time: total, outstanding: [] });
  });

  it.each([
    [600, 10, 3, 770],
    [600, 500, 4, 2250],
    [900, 10, 4, 1270],
    [8000, 10, 18, 8270],
    [8000, 500, 19, 9750],
  ])(
    'finds one that is deaf for %i ms and then takes %i ms, with %i lines, in %i ms',
    (deaf, time, lines, total) => {
      const outcome = simulate({ ...plain, deaf, fates: [{ time }] });
      expect(outcome).toEqual({ end: 'in-step', lines, time: total, outstanding: [] });
    },
  );

  it.each([
    ['attention', ATTENTION, 30, 15_000],
    ['late', LATE, 8, 13_500],
  ])('gives a dead one up: %s', (_name, options, lines, time) => {
    const outcome = simulate({ ...plain, options, deaf: Number.POSITIVE_INFINITY });
    expect(outcome).toEqual({ end: 'gone', lines, time, outstanding: [] });
  });

  it('sends one line to one that is known, awake and loses nothing', () => {
    for (const time of TIMES) {
      const wake = simulate({ ...plain, options: { reason: 'wake', answerTime: time }, fates: [{ time }] });
      const late = simulate({ ...plain, options: { ...LATE, answerTime: time }, fates: [{ time }] });
      expect([wake.lines, late.lines, wake.end, late.end]).toEqual([1, 1, 'in-step', 'in-step']);
    }
  });

  it.each([
    ['nothing is lost', cases(TIMES, WHOLE)],
    ['lines and answers are lost', cases(TIMES, LOSSY)],
    ['answers are doubled', cases(TIMES.slice(0, -2), BABBLING)],
    ['proofs are refused', cases(TIMES, WHOLE, true)],
  ])('never says that it is in step while an answer is outstanding: %s', (_name, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (each) => {
        const { end, outstanding } = simulate(each);
        if (end === 'in-step') expect(outstanding).toEqual([]);
      }),
      RUNS,
    );
  });

  it('finds every module that loses nothing', () => {
    fc.assert(
      fc.property(cases(TIMES, WHOLE), (each) => {
        expect(simulate(each).end).toBe('in-step');
      }),
      RUNS,
    );
  });
});
