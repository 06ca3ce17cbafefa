import { describe, expect, it } from 'vitest';
import { type LossKind, lossKind, ShortSessions } from '../../../src/client/recovery/loss.js';
import { statusFailure } from '../../../src/dialects/lmqtt/failures.js';
import type { ErrorCode } from '../../../src/errors/codes.js';
import { ConnectionClosedError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';

describe('what ended a session', () => {
  it.each([
    ['closed', [1, 4, 11, 12]],
    ['dead', [2, 3, 7, 8, 9, 10, 13, 14, 15, 99]],
  ] as const)('is %s for the statuses %s', (kind, statuses) => {
    const kinds = statuses.map((status) => lossKind(statusFailure({ status }) as ModemError));
    expect(kinds).toEqual(statuses.map(() => kind));
  });

  it('is closed for a module that does not call it connected any more', () => {
    expect(lossKind(new ConnectionClosedError('session lost: LMQTTCONN? answers state 1'))).toBe('closed');
  });

  it('is closed for a request that was ended by it, and dead for a failure behind which something else is', () => {
    const closed = new ConnectionClosedError('x', 1);
    expect(lossKind(new ModemError('SESSION_LOST', 'x', { cause: closed }))).toBe('closed');
    const missing = new ModemError('TIMEOUT', 'x', { cause: closed });
    expect(lossKind(new ModemError('SESSION_LOST', 'x', { cause: missing }))).toBe('dead');
  });

  it.each<[ErrorCode, string]>([
    ['SESSION_LOST', 'dead'],
    ['REBOOTED', 'module'],
    ['NOT_RESPONDING', 'module'],
    ['CLOSED', 'module'],
    ['PORT_CLOSED', 'port'],
    ['PORT_FAILED', 'port'],
  ])('follows from the code %s: %s', (code, kind) => {
    expect(lossKind(new ModemError(code, 'x'))).toBe(kind);
  });
});

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
