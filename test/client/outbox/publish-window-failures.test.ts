import { afterEach, describe, expect, it, vi } from 'vitest';
import { MqttError, TimeoutError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { FakeSession, turn } from '../fake-session.js';
import { inFlight, windowOf } from './window-under-test.js';

const LOST = new ModemError('SESSION_LOST', 'gone');
const FAILED = new MqttError('PUBLISH_FAILED', 'publish failed', { result: 2 });
const NO_RESULT = new TimeoutError('result', 40_000, {});

afterEach(() => {
  vi.useRealTimers();
});

describe('a message that fails', () => {
  it.each([
    ['PUBLISH_FAILED', FAILED],
    ['TIMEOUT', NO_RESULT],
    ['BAD_RESPONSE', new ModemError('BAD_RESPONSE', 'what?')],
  ])('with %s in a live session goes out again in its order, five times in all', async (code, error) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { outbox, session, add, ended } = inFlight(1, 'a');
    add('b');
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await session.fail('a', error);
      expect([ended, session.take()]).toEqual([{}, []]);
      await vi.advanceTimersByTimeAsync(1000);
      expect(session.take()).toEqual(['a']);
    }
    await session.fail('a', error);
    expect(ended).toEqual({ a: code });
    expect(session.verified).toBe(5);
    expect([session.take(), outbox.aside, outbox.stats.failed]).toEqual([['b'], 0, 1]);
  });

  it.each([
    ['PUBLISH_FAILED', FAILED],
    ['TIMEOUT', NO_RESULT],
    ['BAD_RESPONSE', new ModemError('BAD_RESPONSE', 'what?')],
  ])('with %s, a live session and QoS 0 is rejected', async (code, error) => {
    const { session, ended } = inFlight(2, 'a', 0);
    await session.fail('a', error);
    expect(ended).toEqual({ a: code });
    expect(session.verified).toBe(1);
  });

  it.each([
    ['PUBLISH_FAILED', FAILED],
    ['TIMEOUT', NO_RESULT],
  ])('with %s in a dead session goes out again', async (_code, error) => {
    const { outbox, session, ended } = inFlight(2, 'a');
    session.alive = false;
    await session.fail('a', error);
    expect(ended).toEqual({});
    expect(outbox.waiting).toBe(1);
  });

  it.each([new ModemError('INVALID_ARGUMENT', 'no'), new ModemError('UNSUPPORTED', 'no')])(
    'with $code is rejected without a question',
    async (error) => {
      const { session, ended } = inFlight(2, 'a');
      await session.fail('a', error);
      expect(ended).toEqual({ a: error.code });
      expect(session.verified).toBe(0);
    },
  );

  it('with a fault of the program is rejected, and not tried for ever', async () => {
    const { session, ended } = inFlight(2, 'a');
    await session.fail('a', new TypeError('a bug'));
    expect(ended).toEqual({ a: 'a bug' });
    expect(session.take()).toEqual([]);
  });
});

describe('a message of the file that fails in a live session', () => {
  it('goes out again after a second, before all later ones', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { window, outbox, session } = windowOf(1, { kept: ['a', 'b'] });
    window.attach(session);
    session.accept('a');
    await session.fail('a', FAILED);
    await vi.advanceTimersByTimeAsync(999);
    expect(session.take()).toEqual(['a']);
    let idle = false;
    void window.idle().then(() => {
      idle = true;
    });
    await vi.advanceTimersByTimeAsync(1);
    expect(session.take()).toEqual(['a']);
    expect([idle, window.stats.retried, outbox.size]).toEqual([false, 1, 2]);
  });

  it('leaves no timer behind when the session goes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { window, session } = windowOf(1, { kept: ['a'] });
    window.attach(session);
    await session.fail('a', FAILED);
    expect(vi.getTimerCount()).toBe(1);
    window.detach();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([new ModemError('INVALID_ARGUMENT', 'no'), new TypeError('a bug')])(
    'with %s is set aside at once',
    async (error) => {
      const { window, outbox, session } = windowOf(1, { kept: ['a', 'b'] });
      window.attach(session);
      await session.fail('a', error);
      expect([outbox.aside, outbox.size]).toEqual([1, 1]);
      expect(session.take()).toEqual(['a', 'b']);
    },
  );

  it('because the client ends stays as it is', async () => {
    const { window, outbox, session } = windowOf(1, { kept: ['a'] });
    window.attach(session);
    await session.fail('a', new ModemError('CLOSED', 'over'));
    expect([outbox.aside, outbox.waiting]).toEqual([0, 1]);
    expect(session.take()).toEqual(['a']);
  });
});

describe('a lost session', () => {
  it('gives QoS 1 and 2 back in their order, and rejects QoS 0', async () => {
    const { window, session, add, ended } = inFlight(4, 'ab');
    add('c', 0);
    session.accept('c');
    add('d', 2);
    window.detach();
    for (const text of 'dcba') await session.fail(text, LOST);
    expect(ended).toEqual({ c: 'SESSION_LOST' });
    expect(window.stats.retried).toBe(3);
    const next = new FakeSession();
    window.attach(next);
    next.accept('a');
    next.accept('b');
    expect(next.sent).toEqual(['a', 'b', 'd']);
  });

  it('gets nothing more, even if nobody has told of the loss', async () => {
    const { session, add } = inFlight(4, 'a');
    await session.fail('a', LOST);
    add('b');
    expect(session.take()).toEqual([]);
  });

  it('does not block the next one with a message that it had not accepted', async () => {
    const { window, session, add } = windowOf(2);
    window.attach(session);
    add('ab');
    window.detach();
    const next = new FakeSession();
    window.attach(next);
    expect(next.sent).toEqual(['b']);
    await session.fail('a', LOST);
    session.accept('a');
    expect(next.sent).toEqual(['b']);
    next.accept('b');
    expect(next.sent).toEqual(['b', 'a']);
  });
});

describe('a message that its caller gives up', () => {
  it('frees its place', async () => {
    const { window, session, add, abort, ended } = inFlight(1, 'a');
    add('b');
    abort('a');
    await turn();
    expect(ended).toEqual({ a: 'ABORTED' });
    expect(session.take()).toEqual(['b']);
    expect(window.stats.retried).toBe(0);
  });

  it('is counted if it was delivered all the same', async () => {
    const { outbox, window, session, abort } = inFlight(1, 'a');
    const delivered = session.succeed('a');
    abort('a');
    await delivered;
    expect(window.stats.delivered).toBe(1);
    expect(outbox.size).toBe(0);
  });
});

describe('idle', () => {
  it('resolves at once when there is nothing to do', async () => {
    const { window, session, add } = windowOf(1);
    await window.idle();
    add('a');
    await window.idle();
    window.attach(session);
    expect(window.inFlight).toBe(1);
  });

  it('resolves when all is delivered', async () => {
    const { window, session, add } = inFlight(1, 'a');
    add('b');
    let idle = false;
    const waiting = window.idle().then(() => {
      idle = true;
    });
    await session.succeed('a');
    expect(idle).toBe(false);
    await session.succeed('b');
    await waiting;
  });

  it('resolves when the session goes, as soon as nothing is in flight', async () => {
    const { window, session, add } = inFlight(1, 'a');
    add('b');
    const waiting = window.idle();
    window.detach();
    await session.fail('a', LOST);
    await waiting;
    expect(window.inFlight).toBe(0);
  });
});
