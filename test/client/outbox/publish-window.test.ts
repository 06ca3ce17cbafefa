import { describe, expect, it } from 'vitest';
import { TimeoutError } from '../../../src/errors/kinds.js';
import { FakeSession, turn } from '../fake-session.js';
import { inFlight, windowOf } from './window-under-test.js';

const NO_RESULT = new TimeoutError('result', 40_000, {});

describe('the window', () => {
  it('hands out nothing without a session', () => {
    const { window, session, add } = windowOf(2);
    add('ab');
    expect(session.sent).toEqual([]);
    window.attach(session);
    expect(session.sent).toEqual(['a']);
  });

  it('waits for OK before the next, and for results when it is full', async () => {
    const { window, session, add } = windowOf(2);
    window.attach(session);
    add('abc');
    expect(session.take()).toEqual(['a']);
    session.accept('a');
    expect(session.take()).toEqual(['b']);
    session.accept('b');
    expect(session.take()).toEqual([]);
    expect(window.inFlight).toBe(2);
    await session.succeed('b');
    expect(session.take()).toEqual(['c']);
  });

  it('takes results in any order', async () => {
    const { window, session, ended } = inFlight(3, 'abc');
    await session.succeed('c', 'a', 'b');
    expect(ended).toEqual({ a: 'delivered', b: 'delivered', c: 'delivered' });
    expect(window.stats).toEqual({ delivered: 3, retried: 0 });
  });

  it('goes on after a message whose result came without OK', async () => {
    const { window, session, add, ended } = windowOf(2);
    window.attach(session);
    add('ab');
    await session.succeed('a');
    expect(ended).toEqual({ a: 'delivered' });
    expect(session.sent).toEqual(['a', 'b']);
  });
});

describe('a message that the module refuses', () => {
  it('while others are in flight shrinks the window, and goes out again before all later ones', async () => {
    const { window, session, add, ended } = inFlight(4, 'ab');
    add('cd');
    expect(session.take()).toEqual(['c']);
    await session.refuse('c');
    expect(window.size).toBe(2);
    expect(session.take()).toEqual([]);
    await session.succeed('a');
    expect(session.take()).toEqual(['c']);
    session.accept('c');
    expect(session.take()).toEqual([]);
    await session.succeed('b');
    expect(session.take()).toEqual(['d']);
    session.accept('d');
    await session.succeed('c', 'd');
    expect(ended).toEqual({ a: 'delivered', b: 'delivered', c: 'delivered', d: 'delivered' });
    expect(window.stats).toEqual({ delivered: 4, retried: 1 });
    expect(session.verified).toBe(0);
  });

  it.each([
    [0, { a: 'COMMAND_FAILED' }, 0],
    [1, {}, 1],
  ] as const)('alone, by a live session, with QoS %i ends as %j', async (qos, how, waiting) => {
    const { window, outbox, session, ended } = inFlight(4, 'a', qos);
    await session.refuse('a');
    expect([ended, outbox.waiting]).toEqual([how, waiting]);
    expect(window.size).toBe(4);
    window.detach();
  });

  it('alone, by a dead session, goes out again', async () => {
    const { window, session, ended } = inFlight(4, 'a');
    session.alive = false;
    await session.refuse('a');
    expect(ended).toEqual({});
    const next = new FakeSession();
    window.attach(next);
    expect(next.sent).toEqual(['a']);
  });

  it('beside one that is doubtful does not wait for ever', async () => {
    const { session, add, ended } = inFlight(4, 'a', 0);
    let verified = () => {};
    session.verifying = new Promise((resolve) => {
      verified = resolve;
    });
    await session.fail('a', NO_RESULT);
    add('b');
    await session.refuse('b');
    expect(session.take()).toEqual(['b']);
    verified();
    await turn();
    expect(session.take()).toEqual(['b']);
    session.accept('b');
    await session.succeed('b');
    expect(ended).toEqual({ a: 'TIMEOUT', b: 'delivered' });
  });

  it('makes the window grow back by one every 16 results', async () => {
    const { window, session, add } = inFlight(3, 'ab');
    add('c');
    await session.refuse('c');
    expect(window.size).toBe(2);
    await session.succeed('a', 'b');
    session.accept('c');
    await session.succeed('c');
    for (const text of 'defghijklmno') {
      add(text);
      session.accept(text);
      await session.succeed(text);
    }
    expect(window.size).toBe(2);
    add('p');
    session.accept('p');
    await session.succeed('p');
    expect(window.size).toBe(3);
    for (const text of 'qrstuvwxyzABCDEFGHI') {
      add(text);
      session.accept(text);
      await session.succeed(text);
    }
    expect(window.size).toBe(3);
  });
});
