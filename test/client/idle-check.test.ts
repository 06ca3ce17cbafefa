import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CheckedSession, IdleCheck } from '../../src/client/idle-check.js';
import { parseOptions } from '../../src/client/options.js';
import type { SessionState } from '../../src/dialects/dialect.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function started(period = 30_000) {
  const told: string[] = [];
  const idle = new IdleCheck(period, ({ setting, consequence }) => told.push(`${setting}: ${consequence}`));
  const session = new (class implements CheckedSession {
    lastHeard = performance.now();
    asked = 0;
    state: SessionState = 'alive';
    answer = Promise.resolve();

    async check(): Promise<SessionState> {
      this.asked += 1;
      await this.answer;
      return this.state;
    }
  })();
  idle.start(session);
  return { idle, session, told };
}

describe('a session that is idle', () => {
  it('is asked for once in each period', async () => {
    const { idle, session } = started();
    await pass(29_999);
    expect(session.asked).toBe(0);
    await pass(1);
    expect(session.asked).toBe(1);
    await pass(29_999);
    expect(session.asked).toBe(1);
    await pass(60_001);
    expect(session.asked).toBe(4);
    idle.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not asked for while something comes of it', async () => {
    const { session } = started();
    for (let times = 0; times < 10; times += 1) {
      await pass(20_000);
      session.lastHeard = performance.now();
    }
    expect(session.asked).toBe(0);
    await pass(29_999);
    expect(session.asked).toBe(0);
    await pass(1);
    expect(session.asked).toBe(1);
  });

  it('is not asked for again while the answer is awaited, nor after a loss', async () => {
    const { session } = started();
    let answered = () => {};
    session.answer = new Promise((resolve) => {
      answered = resolve;
    });
    session.state = 'lost';
    await pass(100_000);
    expect(session.asked).toBe(1);
    answered();
    await pass(100_000);
    expect(session.asked).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is asked for no more once the module has refused to say, and that is told once', async () => {
    const { idle, session, told } = started();
    session.state = 'untold';
    await pass(100_000);
    expect(session.asked).toBe(1);
    expect(told).toEqual([expect.stringMatching(/^idleCheck: the module does not say whether the session/)]);
    idle.start(session);
    await pass(100_000);
    expect(session.asked).toBe(1);
  });

  it('of a client that has left says nothing', async () => {
    const { idle, session, told } = started();
    session.state = 'untold';
    session.answer = new Promise((resolve) => setTimeout(resolve, 40_000));
    await pass(30_000);
    idle.stop();
    await pass(100_000);
    expect(told).toEqual([]);
  });

  it('is never asked for with a period of 0', async () => {
    const { session } = started(0);
    await pass(1_000_000);
    expect(session.asked).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('the period is the keepalive, ten minutes without one, or what the option says', () => {
  const period = (options: object) => parseOptions({ broker: 'mqtt://b', ...options }, LMQTT).idleCheck;
  expect(period({})).toBe(120_000);
  expect(period({ keepalive: 30 })).toBe(30_000);
  expect(period({ keepalive: 0 })).toBe(600_000);
  expect(period({ keepalive: 0, idleCheck: 5 })).toBe(5);
  expect(period({ idleCheck: 0 })).toBe(0);
  for (const idleCheck of [-1, 0.5, '30', 86_400_001]) {
    expect(() => period({ idleCheck })).toThrow(expect.objectContaining({ field: 'idleCheck' }));
  }
});
