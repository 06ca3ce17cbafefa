import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Suspicion } from '../../../src/client/outbox/suspicion.js';
import { type ModelMessage, SuspicionModel, type World } from './suspicion-model.js';

/** After two sessions that were closed, each 100 ms after these were sent; the third is open since 10 000. */
function suspecting(...names: readonly string[]) {
  const suspicion = new Suspicion<string>();
  for (const start of [0, 1000]) {
    suspicion.opened(start);
    for (const name of names) suspicion.sent(name, start);
    suspicion.ended(true, start + 100);
  }
  suspicion.opened(10_000);
  return suspicion;
}

/** A session from `start` on in which this one is sent alone after a wait, and the connection is closed `took` later. */
function trial(suspicion: Suspicion<string>, name: string, start: number, wait = 500, took = 100) {
  suspicion.opened(start);
  suspicion.survived();
  suspicion.sent(name, start + wait);
  return suspicion.ended(true, start + wait + took);
}

const NOTHING = { cleared: new Map() };

describe('a suspicion', () => {
  it.each<[string, (suspicion: Suspicion<string>) => void]>([
    ['one session that was closed', () => {}],
    [
      'two that were closed with different messages under way',
      (suspicion) => {
        suspicion.opened(1000);
        suspicion.sent('b', 1000);
        suspicion.ended(true, 1100);
      },
    ],
    [
      'a second one that ended with the module',
      (suspicion) => {
        suspicion.opened(1000);
        suspicion.sent('a', 1000);
        suspicion.ended(false, 1100);
      },
    ],
    [
      'two with one between them that was closed with nothing under way',
      (suspicion) => {
        suspicion.opened(1000);
        suspicion.ended(true, 1100);
        suspicion.opened(2000);
        suspicion.sent('a', 2000);
        suspicion.ended(true, 2100);
      },
    ],
    [
      'a second one in which the message had been acknowledged',
      (suspicion) => {
        suspicion.opened(1000);
        suspicion.sent('a', 1000);
        suspicion.settled('a', 1050, true);
        suspicion.ended(true, 1100);
      },
    ],
  ])('does not follow from %s', (_what, second) => {
    const suspicion = new Suspicion<string>();
    suspicion.opened(0);
    suspicion.sent('a', 0);
    suspicion.ended(true, 100);
    second(suspicion);
    expect([suspicion.careful, suspicion.clear]).toEqual([false, true]);
  });

  it('follows from two sessions that were closed with the same message under way', () => {
    const suspicion = suspecting('a', 'b');
    expect([suspicion.careful, suspicion.clear]).toEqual([true, false]);
  });

  it('ends when all suspects have settled or are not to be sent any more', () => {
    const suspicion = suspecting('a', 'b', 'c');
    suspicion.forget('a');
    suspicion.retain((one) => one === 'c');
    expect(suspicion.careful).toBe(true);
    suspicion.forget('c');
    expect(suspicion.careful).toBe(false);
  });
});

describe('a control', () => {
  it.each([
    [1, 500],
    [100, 500],
    [1000, 4000],
    [60_000, 30_000],
  ])('after a loss %i ms behind the message takes %i ms', (took, wait) => {
    const suspicion = new Suspicion<string>();
    for (const start of [0, 1000]) {
      suspicion.opened(start);
      suspicion.sent('a', start);
      suspicion.sent('b', start + took - 1);
      suspicion.ended(true, start + took);
    }
    suspicion.opened(200_000);
    expect(suspicion.wait(200_000)).toBe(wait);
    expect(suspicion.wait(200_000 + wait)).toBe(0);
    expect(suspicion.clear).toBe(false);
    suspicion.survived();
    expect(suspicion.clear).toBe(true);
  });

  it('is due again behind a message whose effect is not known, and not behind one that was acknowledged', () => {
    const suspicion = suspecting('a', 'b', 'c');
    suspicion.survived();
    suspicion.sent('a', 10_500);
    expect(suspicion.clear).toBe(false);
    suspicion.settled('a', 10_600, true);
    expect([suspicion.clear, suspicion.wait(10_600)]).toEqual([true, 0]);
    suspicion.sent('b', 10_600);
    suspicion.settled('b', 10_601, false);
    expect([suspicion.clear, suspicion.wait(10_601)]).toEqual([false, 500]);
  });

  it('is put off by other requests, but not for ever', () => {
    const suspicion = suspecting('a');
    const answered = suspicion.other(10_100);
    expect(suspicion.wait(10_300)).toBe(500);
    answered(10_400);
    expect(suspicion.wait(10_400)).toBe(500);
    suspicion.other(10_500);
    expect(suspicion.wait(39_900)).toBe(100);
  });
});

describe('the end of a session', () => {
  it('in the control clears all suspects, and takes back what was held against them', () => {
    const suspicion = suspecting('a', 'b');
    expect(trial(suspicion, 'a', 20_000)).toEqual({ ...NOTHING, accused: { one: 'a', times: 1 } });
    expect(trial(suspicion, 'a', 30_000)).toEqual({ ...NOTHING, accused: { one: 'a', times: 2 } });
    suspicion.opened(40_000);
    expect(suspicion.ended(true, 40_300)).toEqual({ cleared: new Map([['a', 2]]) });
    expect(suspicion.careful).toBe(false);
  });

  it('by the module says nothing', () => {
    const suspicion = suspecting('a');
    suspicion.survived();
    suspicion.sent('a', 10_500);
    expect(suspicion.ended(false, 10_600)).toEqual(NOTHING);
    expect(trial(suspicion, 'a', 20_000)).toMatchObject({ accused: { times: 1 } });
  });

  it.each([
    [500, 250, true],
    [500, 251, false],
    [30_000, 15_000, true],
    [15_000, 60_000, true],
    [14_999, 60_000, false],
  ])('%i ms of quiet accuse a message that lost it within %i ms: %s', (wait, took, accused) => {
    const suspicion = suspecting('a');
    expect('accused' in trial(suspicion, 'a', 20_000, wait, took)).toBe(accused);
  });

  it.each<[string, (suspicion: Suspicion<string>) => void]>([
    ['was made while the message was under way', (suspicion) => suspicion.other(10_550)(10_560)],
    ['is not answered', (suspicion) => suspicion.other(10_550)],
  ])('accuses nobody if another request %s', (_what, other) => {
    const suspicion = suspecting('a');
    suspicion.survived();
    suspicion.sent('a', 10_500);
    other(suspicion);
    expect(suspicion.ended(true, 10_600)).toEqual(NOTHING);
    expect(suspicion.careful).toBe(true);
  });
});

const message = fc.record({ qos: fc.constantFrom(0 as const, 1 as const), bad: fc.boolean() });

function worlds(troubles: Partial<Record<keyof World, fc.Arbitrary<number>>>): fc.Arbitrary<World> {
  return fc
    .record({
      kinds: fc.array(message, { minLength: 1, maxLength: 12 }),
      window: fc.integer({ min: 1, max: 8 }),
      roundTrip: fc.integer({ min: 1, max: 5000 }),
      meanLife: troubles.meanLife ?? fc.constant(0),
      rival: troubles.rival ?? fc.constant(0),
      troubled: troubles.troubled ?? fc.constant(0),
      restarts: fc.boolean(),
      seed: fc.integer(),
    })
    .map(({ kinds, ...rest }) => ({
      ...rest,
      messages: kinds.map((kind, index): ModelMessage => ({ ...kind, name: String(index) })),
    }));
}

/** With QoS 0 nothing is known of a message once it has left the module. */
function isRefused({ qos, bad }: ModelMessage): boolean {
  return bad && qos > 0;
}

describe.each<[string, Parameters<typeof worlds>[0]]>([
  ['with a broker that closes on some messages', {}],
  [
    'and a network that breaks connections',
    { meanLife: fc.integer({ min: 50, max: 60_000 }), troubled: fc.integer({ min: 1, max: 40 }) },
  ],
  [
    'and another client with the same id',
    { rival: fc.integer({ min: 50, max: 60_000 }), troubled: fc.integer({ min: 1, max: 40 }) },
  ],
  [
    'and both',
    {
      meanLife: fc.integer({ min: 50, max: 60_000 }),
      rival: fc.integer({ min: 50, max: 60_000 }),
      troubled: fc.integer({ min: 1, max: 40 }),
    },
  ],
])('%s', (_what, troubles) => {
  it('bad messages are set aside, all others are delivered', () => {
    fc.assert(
      fc.property(worlds(troubles), (world) => {
        const { delivered, setAside, sessions } = new SuspicionModel(world).run(1000);
        const refused = world.messages.filter(isRefused).map(({ name }) => name);
        const others = world.messages.filter((one) => !isRefused(one)).map(({ name }) => name);
        expect([...setAside].sort()).toEqual(refused.sort());
        expect([...delivered].sort()).toEqual(others.sort());
        // Two to be suspect, five to be sure; one for each bad QoS 0 message.
        expect(sessions).toBeLessThanOrEqual(world.troubled + 10 * world.messages.length + 3);
      }),
      { numRuns: 500 },
    );
  });
});
