import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Outbox } from '../../../src/client/outbox/outbox.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { keptMessage } from './kept-message.js';
import { outboxOf } from './outbox-under-test.js';

const FAILURE = new ModemError('PUBLISH_FAILED', 'publish failed');

const textOf = (outbox: Outbox) => outbox.take()?.message.payload.toString();

afterEach(() => {
  vi.useRealTimers();
});

describe('a message for the file', () => {
  it('is accepted when it is written, and not sent before', async () => {
    const { outbox, file, publish } = outboxOf();
    const sent = publish('a');
    expect(outbox.take()).toBeUndefined();
    await sent.accepted;
    expect([...file.rows]).toEqual([[1, 'a']]);
    expect(textOf(outbox)).toBe('a');
    expect(outbox.stats.published).toBe(1);
  });

  it('shares its commit with all others of the same turn', async () => {
    const { file, publish } = outboxOf();
    await Promise.all(['a', 'b', 'c'].map((text) => publish(text).accepted));
    expect([file.commits, file.rows.size]).toEqual([1, 3]);
  });

  it('leaves the file when it is delivered', async () => {
    const { outbox, file, told, publish } = outboxOf();
    const sent = publish('a');
    await sent.accepted;
    outbox.delivered(outbox.take() as never);
    await sent;
    outbox.close(FAILURE);
    expect([file.rows.size, file.closed, told]).toEqual([0, 1, ['delivered 1']]);
  });

  it('never reaches it when it is given up at once', async () => {
    const { outbox, file, publish } = outboxOf();
    const abort = new AbortController();
    const sent = publish('a', 1, { signal: abort.signal });
    abort.abort();
    await expect(sent).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(sent.accepted).rejects.toMatchObject({ code: 'ABORTED' });
    outbox.close(FAILURE);
    expect(file.commits).toBe(0);
  });

  it('is refused when it cannot be written', async () => {
    const { outbox, file, publish } = outboxOf();
    file.broken = new ModemError('OUTBOX_UNUSABLE', 'the disk is full');
    const sent = publish('a');
    await expect(sent.accepted).rejects.toMatchObject({ message: 'the disk is full' });
    await expect(sent).rejects.toMatchObject({ code: 'OUTBOX_UNUSABLE' });
    expect([outbox.size, outbox.stats.published]).toEqual([0, 0]);
    file.broken = undefined;
    await publish('b').accepted;
  });

  it('is removed with the next commit if that failed first', async () => {
    const { outbox, file, told, publish } = outboxOf();
    await publish('a').accepted;
    file.broken = new ModemError('OUTBOX_UNUSABLE', 'the disk is full');
    outbox.delivered(outbox.take() as never);
    await new Promise(setImmediate);
    expect([file.rows.size, told]).toEqual([1, ['delivered 1', 'trouble OUTBOX_UNUSABLE']]);
    file.broken = undefined;
    await publish('b').accepted;
    expect([...file.rows.values()]).toEqual(['b']);
  });

  it('is not removed after the end, when that failed before', async () => {
    const { outbox, file, publish } = outboxOf();
    await publish('a').accepted;
    file.broken = new ModemError('OUTBOX_UNUSABLE', 'the disk is full');
    outbox.delivered(outbox.take() as never);
    outbox.close(FAILURE);
    outbox.close(FAILURE);
    await new Promise(setImmediate);
    expect([file.closed, file.touchedAfterEnd]).toEqual([1, false]);
  });

  it('is refused alone when there is room to remove, and none to add', async () => {
    const { outbox, file, publish } = outboxOf();
    await publish('a').accepted;
    file.full = new ModemError('OUTBOX_UNUSABLE', 'the disk is full');
    outbox.delivered(outbox.take() as never);
    await expect(publish('b')).rejects.toMatchObject({ message: 'the disk is full' });
    expect(file.rows.size).toBe(0);
  });

  it('shares its commit with as many as the file takes at once', async () => {
    const { file, publish } = outboxOf();
    file.capacity = 2 * (64 + 2);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => publish(text).accepted));
    expect([file.commits, file.rows.size]).toEqual([3, 5]);
  });

  it('of QoS 0 is one that was published offline, and only if that is wanted', async () => {
    const plain = outboxOf();
    plain.publish('a', 0, { offline: true });
    expect(textOf(plain.outbox)).toBe('a');
    const { outbox, file, publish } = outboxOf({ qosZero: true });
    await publish('b', 0, { offline: true }).accepted;
    publish('c', 0, { offline: false });
    expect([textOf(outbox), textOf(outbox)]).toEqual(['b', 'c']);
    expect([...file.rows.values()]).toEqual(['b']);
  });

  it('stays there at the end, and its promise says so', async () => {
    const { outbox, file, publish } = outboxOf();
    const sent = publish('a');
    outbox.close(new ModemError('CLOSED', 'the client has ended'));
    await expect(sent).rejects.toMatchObject({
      code: 'CLOSED',
      message: 'the client has ended; the message stays in the outbox and goes out in a later run',
    });
    await sent.accepted;
    expect([...file.rows.values()]).toEqual(['a']);
  });
});

describe('a message that fails in a live session', () => {
  it('is tried again as often as the options say, then set aside', async () => {
    const { outbox, file, told, publish } = outboxOf({ maxAttempts: 2 });
    const sent = publish('a');
    await sent.accepted;
    expect(outbox.failed(outbox.take() as never, FAILURE, false)).toBe(true);
    await new Promise(setImmediate);
    expect(file.rows.get(1)).toBe('1 undefined');
    expect(outbox.failed(outbox.take() as never, FAILURE, false)).toBe(false);
    await expect(sent).rejects.toBe(FAILURE);
    await new Promise(setImmediate);
    expect(file.rows.get(1)).toBe('2 publish failed');
    expect([outbox.size, outbox.aside, outbox.stats.failed]).toEqual([0, 1, 1]);
    expect(told).toEqual(['undelivered 1 PUBLISH_FAILED']);
  });

  it('is set aside at once when another attempt would not help', async () => {
    const { outbox, publish } = outboxOf();
    publish('a').catch(() => {});
    await publish('b').accepted;
    expect(outbox.failed(outbox.take() as never, FAILURE, true)).toBe(false);
    expect([outbox.aside, textOf(outbox)]).toEqual([1, 'b']);
  });

  it('and is in no file is rejected', async () => {
    const { outbox, publish } = outboxOf();
    const sent = publish('a', 0);
    expect(outbox.failed(outbox.take() as never, FAILURE, false)).toBe(false);
    await expect(sent).rejects.toBe(FAILURE);
    expect([outbox.size, outbox.aside]).toEqual([0, 0]);
  });
});

describe('messages of an earlier run', () => {
  it('go out first, in their order; those that were set aside do not', async () => {
    const aside = { ...keptMessage(2, 'old 2'), attempts: 5, failure: 'refused' };
    const kept = { messages: [keptMessage(1, 'old 1'), aside, keptMessage(3, 'old 3')], lastId: 4 };
    const { outbox, file, told, publish } = outboxOf({}, kept);
    expect([outbox.size, outbox.aside, outbox.stats.restored]).toEqual([2, 1, 2]);
    await publish('new').accepted;
    expect([...file.rows.keys()]).toEqual([5]);
    const first = outbox.take();
    expect([textOf(outbox), textOf(outbox), textOf(outbox)]).toEqual(['old 3', 'new', undefined]);
    outbox.delivered(first as never);
    expect(told).toEqual(['delivered 1']);
  });

  it('are dropped when their time is over', () => {
    const over = keptMessage(1, 'old 1', { expiresAt: Date.now() - 1 });
    const { outbox, told } = outboxOf({}, { messages: [over, keptMessage(2, 'old 2')], lastId: 2 });
    expect(told).toEqual(['undelivered 1 EXPIRED']);
    expect([outbox.size, outbox.stats.expired]).toEqual([1, 1]);
  });
});

describe('time to live', () => {
  it('ends what still waits, with a clear error', async () => {
    vi.useFakeTimers();
    const { outbox, publish } = outboxOf({ timeToLive: 1000 });
    const ends: string[] = [];
    const note = (text: string) => (error: ModemError) => ends.push(`${text} ${error.code} ${error.message}`);
    publish('a', 0).catch(note('a'));
    publish('b', 0, { timeToLive: 500 }).catch(note('b'));
    await vi.advanceTimersByTimeAsync(500);
    expect(ends).toEqual(['b EXPIRED publish to "t": not delivered within its time to live']);
    await vi.advanceTimersByTimeAsync(500);
    expect(ends).toHaveLength(2);
    expect([outbox.size, outbox.stats.expired, vi.getTimerCount()]).toEqual([0, 2, 0]);
  });

  it('is over a little later where many wait, but what is over does not go out', async () => {
    vi.useFakeTimers();
    const { outbox, publish } = outboxOf({ maxMessages: 20_000 });
    const publishFor = (timeToLive: number) => publish('short', 0, { timeToLive });
    const short = [publishFor(10), publishFor(11)];
    while (outbox.size < 19_999) publish('long', 0).catch(() => {});
    const ended = Promise.allSettled([...short, publishFor(12)]);
    await vi.advanceTimersByTimeAsync(12);
    expect(outbox.stats.expired).toBe(1);
    expect(outbox.take()?.message.payload.toString()).toBe('long');
    expect(outbox.stats.expired).toBe(2);
    await vi.advanceTimersByTimeAsync(18);
    expect(outbox.stats.expired).toBe(3);
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    outbox.close(FAILURE);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not end what is in flight, but it does not go out again', async () => {
    vi.useFakeTimers();
    const { outbox, publish } = outboxOf({ timeToLive: 1000 });
    const sent = publish('a', 0);
    const entry = outbox.take();
    await vi.advanceTimersByTimeAsync(2000);
    expect(outbox.size).toBe(1);
    outbox.putBack(entry as never);
    expect(outbox.take()).toBeUndefined();
    await expect(sent).rejects.toMatchObject({ code: 'EXPIRED' });
    outbox.close(FAILURE);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is refused if it is no number of ms', () => {
    const { publish } = outboxOf();
    expect(() => publish('a', 1, { timeToLive: 0 })).toThrow(
      'timeToLive is 0, but must be a whole number from 1 to 3153600000000',
    );
  });
});

describe('drained', () => {
  it('resolves when nothing is left, and rejects at the end', async () => {
    const { outbox, publish } = outboxOf();
    await outbox.drained();
    publish('a', 0);
    const drained = outbox.drained();
    outbox.delivered(outbox.take() as never);
    await drained;
    publish('b', 0).catch(() => {});
    const never = outbox.drained();
    outbox.close(FAILURE);
    await expect(never).rejects.toBe(FAILURE);
  });
});

it('a full outbox tells those that give way', async () => {
  const { outbox, file, told, publish } = outboxOf({ maxMessages: 1, policy: 'drop-oldest' });
  const first = publish('a');
  await first.accepted;
  await publish('b').accepted;
  await expect(first).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  expect([told, [...file.rows.values()], outbox.stats.discarded]).toEqual([
    ['undelivered 1 QUEUE_FULL'],
    ['b'],
    1,
  ]);
});
