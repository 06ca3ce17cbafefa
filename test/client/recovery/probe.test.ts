import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseOptions } from '../../../src/client/options.js';
import type { ProbeOptions } from '../../../src/client/recovery/options.js';
import { Probe } from '../../../src/client/recovery/probe.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { CommandError, MqttError, TimeoutError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { FakeSession, turn } from '../fake-session.js';

const SETTINGS = { interval: 1000, topic: 'p', timeout: 100 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function started(prepare: (session: FakeSession) => void = () => {}) {
  const told: string[] = [];
  const probe = new Probe(SETTINGS, {
    missed: (reason) => told.push(`${reason.code}: ${reason.message}`),
    degraded: ({ setting, consequence }) => told.push(`${setting}: ${consequence}`),
  });
  const session = new FakeSession();
  prepare(session);
  probe.start(session);
  await turn();
  const comes = (text: string, topic = 'p') =>
    probe.takes({ topic, payload: Buffer.from(text), messageId: 1 });
  return { probe, session, told, comes };
}

describe('a probe', () => {
  it('goes out at once, and again when the interval after its return is over', async () => {
    const { probe, session, told, comes } = await started();
    const [first = ''] = session.take();
    await session.succeed(first);
    await vi.advanceTimersByTimeAsync(99);
    expect(comes(first)).toBe(true);
    await vi.advanceTimersByTimeAsync(999);
    expect(session.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(session.sent).toHaveLength(1);
    expect(session.sent).not.toContain(first);
    probe.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toEqual([]);
  });

  it('that does not come back is a loss', async () => {
    const { session, told, comes } = await started();
    comes(session.take()[0] ?? '');
    await vi.advanceTimersByTimeAsync(1099);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual(['SESSION_LOST: session lost: a probe to "p" did not come back within 100 ms']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is recognised by its content, and swallowed whatever that is', async () => {
    const { session, told, comes } = await started();
    const [first = ''] = session.take();
    expect(comes(first, 'other')).toBe(false);
    expect(comes('foreign')).toBe(true);
    expect(comes('')).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toHaveLength(1);
  });

  it('is given up if none has ever come back: the topic may be forbidden', async () => {
    const { probe, session, told } = await started();
    expect(session.subscribed).toEqual([{ topic: 'p', qos: 0 }]);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual([expect.stringMatching(/^probe: a probe to "p" did not come back/)]);
    const next = new FakeSession();
    probe.start(next);
    await turn();
    expect([next.sent, next.subscribed]).toEqual([[], []]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that the module does not take proves nothing', async () => {
    const { session, told } = await started();
    await session.fail(session.take()[0] ?? '', new CommandError('+CME ERROR: 3', 3, undefined, {}));
    await vi.advanceTimersByTimeAsync(999);
    expect(session.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(session.sent).toHaveLength(1);
    expect(told).toEqual([]);
  });

  const refusal = new MqttError('SUBSCRIBE_FAILED', 'subscribe failed', { result: 1 });
  const fails = (error: ModemError) => (session: FakeSession) => {
    session.subscribing = Promise.reject(error);
  };

  it('whose subscription is refused is left out of the session, and of no other', async () => {
    const { probe, session, told } = await started(fails(refusal));
    expect(told).toEqual([
      'probe: there is none in this session (subscribe failed): a session that dies in silence is noticed by failed results only',
    ]);
    expect(session.sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    probe.stop();
    const next = new FakeSession();
    probe.start(next);
    await turn();
    expect(next.sent).toHaveLength(1);
  });

  it('whose subscription has no result shows by itself whether it is in force', async () => {
    const { session, told, comes } = await started(fails(new TimeoutError('result', 40_000, {})));
    comes(session.take()[0] ?? '');
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.sent).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('is given up when two sessions in a row end at its subscription', async () => {
    const { probe, told } = await started();
    probe.stop();
    for (const times of [1, 2]) {
      const next = new FakeSession();
      fails(new ModemError('SESSION_LOST', 'over'))(next);
      probe.start(next);
      probe.stop();
      await turn();
      expect(told).toHaveLength(times - 1);
    }
    expect(told).toEqual([
      'probe: the session ended 2 times at the subscription to "p"; it is given up: a session that dies in silence is noticed by failed results only',
    ]);
    const last = new FakeSession();
    probe.start(last);
    await turn();
    expect(last.subscribed).toEqual([]);
  });

  it('of an old session says nothing about the next one', async () => {
    const { probe, session, told, comes } = await started();
    const [first = ''] = session.take();
    comes(first);
    probe.stop();
    const next = new FakeSession();
    probe.start(next);
    await turn();
    await session.fail(first, new CommandError('ERROR', undefined, undefined, {})).catch(() => {});
    comes(first);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toHaveLength(1);
  });
});

describe('the options of a probe', () => {
  const parse = (probe: ProbeOptions, clientId = 'meter-7') =>
    parseOptions({ broker: 'mqtt://b', clientId, probe }, LMQTT).probe;

  it('have defaults', () => {
    expect(parse({ interval: 5000 })).toEqual({
      interval: 5000,
      topic: 'atmqtt/probe/meter-7',
      timeout: 30_000,
    });
    expect(parse({ interval: 1 }, 'a/b#+')?.topic).toBe('atmqtt/probe/a_b__');
    expect(parse({ interval: 1 }, '😀'.repeat(64))?.topic).toBe(`atmqtt/probe/${'😀'.repeat(50)}`);
  });

  it.each([
    [{ interval: 0 }, 'probe.interval'],
    [{ interval: 1, timeout: 0.5 }, 'probe.timeout'],
    [{ interval: 1, topic: 'a/#' }, 'topic'],
    [{ interval: 1, topic: 7 }, 'probe.topic'],
  ])('are refused: %o', (options, field) => {
    expect(() => parse(options as ProbeOptions)).toThrow(expect.objectContaining({ field }));
  });
});
