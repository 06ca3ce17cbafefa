import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Losses, type PromptCase, simulatePrompt } from './prompt-simulation.js';

/** Bytes of the payload and nothing else, or followed by filler and nothing else. */
const HONEST = /^x*[\x1b\r]*$/;

const plain: PromptCase = {
  known: 'sent',
  length: 40,
  had: 37,
  promptAt: 0,
  promptLost: false,
  discards: false,
  losses: { kind: 'none' },
  knowsEscape: false,
  answerLost: false,
  fussy: false,
  echo: false,
  time: 100,
};

/** Which bytes get lost: none, one in so many, a burst, or the first ones as on a line that wakes. */
const losses: fc.Arbitrary<Losses> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({
    kind: fc.constant('some' as const),
    oneIn: fc.integer({ min: 20, max: 1000 }),
    seed: fc.integer(),
  }),
  fc.record({
    kind: fc.constant('burst' as const),
    from: fc.oneof(fc.constant(0), fc.nat({ max: 10_000 })),
    length: fc.integer({ min: 1, max: 60 }),
  }),
);

function cases(known: PromptCase['known']): fc.Arbitrary<PromptCase> {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 8000 }));
  return fc
    .record({
      known: fc.constant(known),
      length: sizes,
      lost: fc.double({ min: 0, max: 1, noNaN: true }),
      promptAt:
        known === 'sent' ? fc.constant(0) : fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9000 })),
      promptLost: fc.boolean(),
      discards: fc.boolean(),
      losses,
      knowsEscape: fc.boolean(),
      answerLost: fc.boolean(),
      fussy: fc.boolean(),
      echo: fc.boolean(),
      time: fc.constantFrom(10, 100, 490, 510, 900),
    })
    .map(({ lost, ...each }) => ({
      ...each,
      // A module that throws away what came before its prompt, and whose prompt gets lost, cannot be found out.
      discards: each.discards && !each.promptLost,
      // Before the prompt it has nothing; nor has it when the driver has sent nothing.
      had:
        known === 'unprompted' || each.promptAt > 0
          ? 0
          : each.length - 1 - Math.floor(lost * (each.length - 1)),
    }));
}

/** As many as find a fault of one in some thousands; a failure prints its seed. */
const RUNS = { numRuns: 1500 };

describe('Resync and a module at a prompt, in virtual time', () => {
  it('fills up what is missing, and is in step then', () => {
    const { end, published, open } = simulatePrompt(plain);
    expect({ end, open }).toEqual({ end: 'in-step', open: false });
    expect(published).toEqual([`${'x'.repeat(37)}\x1b\x1b\r`]);
  });

  it('sends the payload to a prompt that is late', () => {
    const { published } = simulatePrompt({ ...plain, known: 'unprompted', had: 0, promptAt: 1500 });
    expect(published).toEqual(['x'.repeat(40)]);
  });

  it('sends nothing to the broker where ESC ends the prompt', () => {
    const { end, published } = simulatePrompt({ ...plain, knowsEscape: true });
    expect({ end, published }).toEqual({ end: 'in-step', published: [] });
  });

  it('fills up what a program left that was killed', () => {
    const { end, published } = simulatePrompt({ ...plain, known: 'unknown', length: 8000, had: 0 });
    expect(end).toBe('in-step');
    expect(published).toHaveLength(1);
    expect(published[0]).toMatch(/^[\x1b\r]{8000}$/);
  });

  it.each(['unprompted', 'sent', 'unknown'] as const)(
    'never lets a byte of a command line into a payload, and leaves every prompt: %s',
    (known) => {
      fc.assert(
        fc.property(cases(known), (each) => {
          const { end, published, open, outstanding } = simulatePrompt(each);
          for (const payload of published) expect(payload).toMatch(HONEST);
          expect(published.length).toBeLessThanOrEqual(1);
          if (end === 'in-step') expect({ open, outstanding }).toEqual({ open: false, outstanding: [] });
        }),
        RUNS,
      );
    },
  );
});
