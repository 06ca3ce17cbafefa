import { describe, expect, it } from 'vitest';
import { delivery } from '../../src/client/delivery.js';
import { Outbox } from '../../src/client/outbox.js';
import { PublishWindow } from '../../src/client/publish-window.js';
import type { Qos } from '../../src/dialects/dialect.js';
import { MqttError, TimeoutError } from '../../src/errors/kinds.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { FakeSession, turn } from './fake-session.js';

const LOST = new ModemError('SESSION_LOST', 'gone');
const FAILED = new MqttError('PUBLISH_FAILED', 'publish failed', { result: 2 });
const NO_RESULT = new TimeoutError('result', 40_000, {});

function windowOf(maximum: number) {
  const outbox = new Outbox();
  const window = new PublishWindow(outbox, maximum);
  const session = new FakeSession();
  /** How each message ended, by its text. */
  const ended: Record<string, string> = {};
  const aborts = new Map<string, AbortController>();
  const add = (texts: string, qos: Qos = 1): void => {
    for (const text of texts) {
      const abort = new AbortController();
      aborts.set(text, abort);
      const sent = delivery('publish', { signal: abort.signal }, () => outbox.remove(entry));
      const entry = { publication: { topic: 't', payload: Buffer.from(text), qos, retain: false }, ...sent };
      sent.promise.then(
        () => {
          ended[text] = 'delivered';
        },
        ({ code, message }) => {
          ended[text] = code ?? message;
        },
      );
      outbox.add(entry);
      window.pump();
    }
  };
  const abort = (text: string) => aborts.get(text)?.abort();
  return { outbox, window, session, ended, add, abort };
}

/** The same with the session attached, and the messages added and accepted one after the other. */
function inFlight(maximum: number, texts: string, qos: Qos = 1) {
  const under = windowOf(maximum);
  under.add(texts, qos);
  under.window.attach(under.session);
  for (const text of texts) if (under.session.sent.includes(text)) under.session.accept(text);
  under.session.take();
  return under;
}

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

  it('alone, by a live session, is rejected', async () => {
    const { window, session, ended } = inFlight(4, 'a');
    await session.refuse('a');
    expect(ended).toEqual({ a: 'COMMAND_FAILED' });
    expect(window.size).toBe(4);
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
    const { session, add, ended } = inFlight(4, 'a');
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

describe('a message that fails', () => {
  it.each([
    ['PUBLISH_FAILED', FAILED],
    ['TIMEOUT', NO_RESULT],
    ['BAD_RESPONSE', new ModemError('BAD_RESPONSE', 'what?')],
  ])('with %s in a live session is rejected', async (code, error) => {
    const { session, ended } = inFlight(2, 'a');
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

  it.each([new ModemError('INVALID_ARGUMENT', 'no'), new ModemError('CLOSED', 'over')])(
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
