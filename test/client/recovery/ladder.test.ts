import { describe, expect, it } from 'vitest';
import { Ladder, type Rung } from '../../../src/client/recovery/ladder.js';
import type { ErrorCode } from '../../../src/errors/codes.js';

const ALL = { sessionTries: 3, climbAfter: 60_000, radio: true, reset: true, port: true };

/** The port works. */
const OPEN = { portDue: false };

/** The port is gone. */
const GONE = { portDue: true };

/** The rungs for one failure after the other. */
function rungs(ladder: Ladder, reasons: readonly ErrorCode[]): Rung[] {
  return reasons.map((reason) => ladder.next(reason, OPEN));
}

function times<T>(count: number, value: T): T[] {
  return Array<T>(count).fill(value);
}

describe('the ladder', () => {
  it('tries the session three times, then each rung above once, then the session again', () => {
    expect(rungs(new Ladder(ALL), ['SESSION_LOST', ...times(6, 'OPEN_FAILED' as const)])).toEqual([
      ...times(3, 'session'),
      'radio',
      'reset',
      'port',
      'session',
    ]);
  });

  it('makes each round four times as rare as the one before, up to a limit', () => {
    const ladder = new Ladder(ALL);
    const gaps: number[] = [];
    for (let tries = 0; gaps.length < 8; tries += 1) {
      if (ladder.next('OPEN_FAILED', OPEN) !== 'radio') continue;
      gaps.push(tries);
      expect(rungs(ladder, ['TIMEOUT', 'TIMEOUT'])).toEqual(['reset', 'port']);
      tries = -1;
    }
    expect(gaps).toEqual([3, 12, 48, 192, 768, 3072, 3072, 3072]);
  });

  it('starts at the bottom again after a good session', () => {
    const ladder = new Ladder(ALL);
    rungs(ladder, times(40, 'OPEN_FAILED'));
    ladder.restart();
    expect(rungs(ladder, times(4, 'SESSION_LOST'))).toEqual([...times(3, 'session'), 'radio']);
  });

  it('climbs on when nothing flows in one session after the other', () => {
    const ladder = new Ladder(ALL);
    const climbed: Rung[] = [];
    for (let loss = 0; loss < 6; loss += 1) {
      climbed.push(ladder.next('SESSION_LOST', OPEN));
      ladder.connected();
    }
    expect(climbed).toEqual([...times(3, 'session'), 'radio', 'reset', 'port']);
  });

  it.each([
    [{ ...ALL, radio: false }, ['reset', 'port']],
    [{ ...ALL, reset: false }, ['radio', 'port']],
    [{ ...ALL, port: false }, ['radio', 'reset']],
    [{ ...ALL, radio: false, reset: false, port: false }, []],
  ] as const)('leaves out what is switched off: %o', (limits, upper) => {
    expect(rungs(new Ladder(limits), times(7, 'TIMEOUT'))).toEqual([
      ...times(3, 'session'),
      ...upper,
      ...times(4 - upper.length, 'session'),
    ]);
  });

  it.each(['CONNECT_REFUSED', 'REBOOTED'] as const)('never climbs for %s', (code) => {
    expect(rungs(new Ladder(ALL), times(50, code))).toEqual(times(50, 'session'));
  });

  it.each(['up', 'subscribe'] as const)(
    'never climbs for a session that opened well and was closed from outside: %s',
    (stage) => {
      const ladder = new Ladder(ALL);
      const closed = { ...OPEN, stage, closed: true };
      expect(times(50, ladder).map((one) => one.next('SESSION_LOST', closed))).toEqual(times(50, 'session'));
    },
  );

  it('comes down when a session had opened well', () => {
    const ladder = new Ladder(ALL);
    expect(rungs(ladder, times(4, 'OPEN_FAILED')).at(-1)).toBe('radio');
    ladder.next('SESSION_LOST', { ...OPEN, stage: 'up', closed: true });
    expect(rungs(ladder, times(3, 'OPEN_FAILED'))).toEqual(['session', 'session', 'radio']);
  });

  it.each(['OPEN_FAILED', 'CONNECT_FAILED', 'TIMEOUT', 'SESSION_LOST'] as const)(
    'does not climb before the trouble has lasted for some time: %s',
    (code) => {
      const ladder = new Ladder(ALL);
      const after = (lasting: number) => ladder.next(code, { ...OPEN, stage: 'session', lasting });
      expect(times(20, 59_999).map(after)).toEqual(times(20, 'session'));
      expect([60_000, 0, 0].map(after)).toEqual(['radio', 'reset', 'port']);
    },
  );

  it.each(['COMMAND_FAILED', 'BAD_RESPONSE', 'NOT_REGISTERED'] as const)(
    'does not wait for that if it is no trouble of the broker: %s',
    (code) => {
      const ladder = new Ladder(ALL);
      const climbed = times(4, code).map((reason) => ladder.next(reason, { ...OPEN, lasting: 0 }));
      expect(climbed).toContain('radio');
    },
  );

  it.each(['INVALID_ARGUMENT', 'NOT_PROVISIONED', 'LEDGER_BUSY', 'CONNECT_FAILED', 'TIMEOUT'] as const)(
    'never climbs for a login that cannot be had: %s',
    (code) => {
      const ladder = new Ladder(ALL);
      expect(times(50, code).map((reason) => ladder.next(reason, { ...OPEN, stage: 'login' }))).toEqual(
        times(50, 'session'),
      );
      expect(ladder.next('NOT_RESPONDING', { ...GONE, stage: 'login' })).toBe('port');
    },
  );

  it.each(['COMMAND_FAILED', 'BAD_RESPONSE'] as const)(
    'climbs when the module spoils its login: %s',
    (code) => {
      const ladder = new Ladder(ALL);
      expect(times(4, code).map((reason) => ladder.next(reason, { ...OPEN, stage: 'login' }))).toEqual([
        ...times(3, 'session'),
        'radio',
      ]);
    },
  );

  it('comes down when the broker refuses: everything below works', () => {
    const ladder = new Ladder(ALL);
    expect(rungs(ladder, times(4, 'TIMEOUT')).at(-1)).toBe('radio');
    expect(rungs(ladder, ['CONNECT_REFUSED', ...times(4, 'TIMEOUT' as const)])).toEqual([
      ...times(4, 'session'),
      'radio',
    ]);
  });

  it.each(['SIM_NOT_READY', 'NOT_REGISTERED'] as const)('begins with the radio for %s, once', (code) => {
    const climb = ['radio', 'reset', 'port', ...times(12, 'session'), 'radio'];
    expect(rungs(new Ladder(ALL), times(16, code))).toEqual(climb);
  });

  it('opens a port that is gone as often as it takes, without climbing', () => {
    const ladder = new Ladder({ ...ALL, port: false });
    expect(times(50, ladder).map((one) => one.next('PORT_NOT_FOUND', GONE))).toEqual(times(50, 'port'));
    expect(rungs(ladder, times(4, 'TIMEOUT'))).toEqual([...times(3, 'session'), 'radio']);
  });

  it('resets a module that was silent, answers again, and gives no session', () => {
    const ladder = new Ladder(ALL);
    expect(ladder.next('NOT_RESPONDING', GONE)).toBe('port');
    expect(ladder.next('NOT_RESPONDING', GONE)).toBe('port');
    expect(rungs(ladder, ['TIMEOUT', 'TIMEOUT'])).toEqual(['reset', 'session']);
  });

  it('does not reset one that gave a session', () => {
    const ladder = new Ladder(ALL);
    ladder.next('NOT_RESPONDING', GONE);
    ladder.connected();
    expect(ladder.next('SESSION_LOST', OPEN)).toBe('session');
  });

  it('does not reset one if that is switched off', () => {
    const ladder = new Ladder({ ...ALL, reset: false });
    ladder.next('NOT_RESPONDING', GONE);
    expect(ladder.next('TIMEOUT', OPEN)).toBe('session');
  });
});
