import { describe, expect, it } from 'vitest';
import { restoredEntry } from '../../../src/client/outbox/entry.js';
import { type Bounds, MessageQueue } from '../../../src/client/outbox/message-queue.js';

let ids = 0;

function entry(topic: string, bytes = 1) {
  ids += 1;
  return restoredEntry({
    message: {
      id: ids,
      topic,
      payload: Buffer.alloc(bytes),
      qos: 1,
      retain: false,
      acceptedAt: 0,
      expiresAt: undefined,
    },
    attempts: 0,
    failure: undefined,
  });
}

function filled(bounds: Partial<Bounds>, ...topics: string[]) {
  const queue = new MessageQueue({ maxMessages: 1000, maxBytes: 1000, policy: 'reject', ...bounds });
  const entries = topics.map((topic) => entry(topic));
  for (const one of entries) expect(queue.add(one, 'waiting')).toEqual([]);
  return { queue, entries };
}

function topicsOf(queue: MessageQueue): string[] {
  const topics: string[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) topics.push(next.message.topic);
  return topics;
}

describe('the queue of messages', () => {
  it('gives messages in their order, and keeps them until they are removed', () => {
    const { queue, entries } = filled({}, 'a', 'b', 'c');
    expect(topicsOf(queue)).toEqual(['a', 'b', 'c']);
    expect([queue.size, queue.waiting]).toEqual([3, 0]);
    expect(entries.map((one) => queue.remove(one))).toEqual([true, true, true]);
    expect([queue.size, queue.waiting]).toEqual([0, 0]);
  });

  it('gives one that was put back before all later ones', () => {
    const { queue, entries } = filled({}, 'a', 'b', 'c');
    topicsOf(queue);
    queue.putBack(entries[1] as never);
    queue.putBack(entries[0] as never);
    queue.putBack(entries[0] as never);
    expect(queue.waiting).toBe(2);
    expect(topicsOf(queue)).toEqual(['a', 'b']);
  });

  it('keeps the order through takes, removals, returns and additions in between', () => {
    const { queue, entries } = filled({}, 'a', 'b', 'c', 'd', 'e');
    const [a, b, c] = [queue.take(), queue.take(), queue.take()];
    queue.remove(b as never);
    queue.putBack(a as never);
    queue.remove(entries[3] as never);
    queue.add(entry('f'), 'waiting');
    expect(queue.take()).toBe(a);
    queue.putBack(c as never);
    queue.remove(a as never);
    expect(topicsOf(queue)).toEqual(['c', 'e', 'f']);
    queue.add(entry('g'), 'waiting');
    expect(topicsOf(queue)).toEqual(['g']);
  });

  it('forgets a removed one, wherever it is', () => {
    const { queue, entries } = filled({}, 'a', 'b');
    queue.remove(entries[0] as never);
    queue.putBack(entries[0] as never);
    expect(queue.remove(entries[0] as never)).toBe(false);
    expect(topicsOf(queue)).toEqual(['b']);
  });
});

describe('a full queue', () => {
  it('refuses a message beyond the number', () => {
    const { queue } = filled({ maxMessages: 2 }, 'a', 'b');
    expect(() => queue.add(entry('c'), 'waiting')).toThrow('the outbox is full: 2 messages, 4 bytes');
    expect(topicsOf(queue)).toEqual(['a', 'b']);
  });

  it('refuses a message beyond the bytes of topics and payloads', () => {
    const { queue, entries } = filled({ maxBytes: 10 }, 'é');
    queue.add(entry('abc', 4), 'waiting');
    expect(() => queue.add(entry('', 1), 'waiting')).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    queue.remove(entries[0] as never);
    queue.add(entry('', 3), 'waiting');
    expect(queue.size).toBe(2);
  });

  it('drops the oldest waiting ones when told so', () => {
    const { queue, entries } = filled({ maxMessages: 3, policy: 'drop-oldest' }, 'a', 'b', 'c');
    queue.take();
    expect(queue.add(entry('d'), 'waiting')).toEqual([entries[1]]);
    expect(topicsOf(queue)).toEqual(['c', 'd']);
  });

  it('drops as many as it takes', () => {
    const { queue } = filled({ maxBytes: 6, policy: 'drop-oldest' }, 'a', 'b', 'c');
    queue.add(entry('d', 3), 'waiting');
    expect(topicsOf(queue)).toEqual(['c', 'd']);
  });

  it('drops one that was put back', () => {
    const { queue, entries } = filled({ maxBytes: 4, policy: 'drop-oldest' }, 'a', 'b');
    topicsOf(queue);
    queue.putBack(entries[0] as never);
    queue.remove(entries[1] as never);
    queue.add(entry('c', 3), 'waiting');
    expect(topicsOf(queue)).toEqual(['c']);
  });

  it('drops nothing for a message that would not fit all the same', () => {
    const { queue } = filled({ maxBytes: 6, policy: 'drop-oldest' }, 'a', 'b', 'c');
    expect(() => queue.add(entry('d', 6), 'waiting')).toThrow(
      expect.objectContaining({ code: 'QUEUE_FULL' }),
    );
    queue.take();
    expect(() => queue.add(entry('d', 4), 'waiting')).toThrow(
      expect.objectContaining({ code: 'QUEUE_FULL' }),
    );
    expect(queue.size).toBe(3);
  });
});

describe('a message that is being stored', () => {
  it('is not overtaken', () => {
    const { queue, entries } = filled({}, 'a');
    const storing = entry('b');
    queue.add(storing, 'storing');
    queue.add(entry('c'), 'waiting');
    queue.remove(entries[0] as never);
    expect(queue.take()).toBeUndefined();
    expect(queue.stored(storing)).toBe(true);
    expect(queue.stored(storing)).toBe(false);
    expect(topicsOf(queue)).toEqual(['b', 'c']);
  });
});

describe('a message that was set aside', () => {
  it('is not sent, but takes up room until it is forgotten', () => {
    const { queue, entries } = filled({ maxMessages: 2 }, 'a', 'b');
    queue.take();
    queue.setAside(entries[0] as never);
    expect([queue.size, queue.waiting, queue.aside]).toEqual([1, 1, 1]);
    expect(() => queue.add(entry('c'), 'waiting')).toThrow(
      'the outbox is full: 2 messages, 4 bytes, 1 of them set aside after failures',
    );
    expect(topicsOf(queue)).toEqual(['b']);
    expect(queue.remove(entries[0] as never)).toBe(true);
    queue.add(entry('c'), 'waiting');
  });

  it('gives way first', () => {
    const { queue, entries } = filled({ maxMessages: 2, policy: 'drop-oldest' }, 'a', 'b');
    queue.setAside(entries[1] as never);
    expect(queue.add(entry('c'), 'waiting')).toEqual([entries[1]]);
    expect(topicsOf(queue)).toEqual(['a', 'c']);
  });
});
