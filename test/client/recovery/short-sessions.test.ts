import { describe, expect, it } from 'vitest';
import type { LossKind } from '../../../src/client/recovery/loss.js';
import { ShortSessions } from '../../../src/client/recovery/short-sessions.js';

type End = readonly [kind: LossKind, stable: boolean, explained: boolean];

const SHORT: End = ['closed', false, false];

function suspicionAfter(...ends: readonly End[]): string | undefined {
  const sessions = new ShortSessions();
  for (const end of ends) sessions.ended(...end);
  return sessions.suspicion('meter-7');
}

describe('short sessions that were closed', () => {
  it('make another client suspect from the third in a row on', () => {
    expect(suspicionAfter(SHORT, SHORT)).toBeUndefined();
    expect(suspicionAfter(SHORT, SHORT, SHORT)).toMatch(/^3 short sessions .* the client id "meter-7" too/);
    expect(suspicionAfter(SHORT, SHORT, SHORT, SHORT)).toMatch(/^4 short sessions /);
  });

  it.each<[string, End]>([
    ['was up for long', ['closed', true, false]],
    ['was closed for a known reason', ['closed', false, true]],
    ['died in silence', ['dead', false, false]],
    ['ended with the module', ['module', false, false]],
    ['ended with the port', ['port', false, false]],
  ])('are counted anew after one that %s', (_what, end) => {
    expect(suspicionAfter(SHORT, SHORT, end, SHORT, SHORT)).toBeUndefined();
  });
});
