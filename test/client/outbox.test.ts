import { describe, expect, it, vi } from 'vitest';
import { Outbox, type OutboxOptions } from '../../src/client/outbox.js';
import { ModemError } from '../../src/errors/modem-error.js';

function entry(topic: string, bytes = 1) {
  return {
    publication: { topic, payload: Buffer.alloc(bytes), qos: 1 as const, retain: false },
    signal: new AbortController().signal,
    resolve: vi.fn<() => void>(),
    reject: vi.fn<(error: ModemError) => void>(),
  };
}

function filled(options: OutboxOptions, ...topics: string[]) {
  const outbox = new Outbox(options);
  const entries = topics.map((topic) => entry(topic));
  for (const one of entries) outbox.add(one);
  return { outbox, entries };
}

function topicsOf(outbox: Outbox): string[] {
  const topics: string[] = [];
  for (let next = outbox.take(); next !== undefined; next = outbox.take())
    topics.push(next.publication.topic);
  return topics;
}

describe('the outbox', () => {
  it('gives messages in their order, and keeps them until they are removed', () => {
    const { outbox, entries } = filled({}, 'a', 'b', 'c');
    expect(topicsOf(outbox)).toEqual(['a', 'b', 'c']);
    expect([outbox.size, outbox.waiting]).toEqual([3, 0]);
    expect(entries.map((one) => outbox.remove(one))).toEqual([true, true, true]);
    expect([outbox.size, outbox.waiting]).toEqual([0, 0]);
  });

  it('gives one that was put back before all later ones', () => {
    const { outbox, entries } = filled({}, 'a', 'b', 'c');
    topicsOf(outbox);
    outbox.putBack(entries[1] as never);
    outbox.putBack(entries[0] as never);
    outbox.putBack(entries[0] as never);
    expect(outbox.waiting).toBe(2);
    expect(topicsOf(outbox)).toEqual(['a', 'b']);
  });

  it('forgets a removed one, wherever it is', () => {
    const { outbox, entries } = filled({}, 'a', 'b');
    outbox.remove(entries[0] as never);
    outbox.putBack(entries[0] as never);
    expect(outbox.remove(entries[0] as never)).toBe(false);
    expect(topicsOf(outbox)).toEqual(['b']);
  });

  it('rejects all when it fails', () => {
    const { outbox, entries } = filled({}, 'a', 'b');
    outbox.take();
    const error = new ModemError('CLOSED', 'over');
    outbox.fail(error);
    for (const one of entries) expect(one.reject.mock.calls).toEqual([[error]]);
    expect([outbox.size, outbox.waiting]).toEqual([0, 0]);
  });
});

describe('a full outbox', () => {
  it('refuses a message beyond the number', () => {
    const { outbox } = filled({ maxMessages: 2 }, 'a', 'b');
    expect(() => outbox.add(entry('c'))).toThrow('the outbox is full: 2 messages, 4 bytes');
    expect(topicsOf(outbox)).toEqual(['a', 'b']);
  });

  it('refuses a message beyond the bytes of topics and payloads', () => {
    const { outbox, entries } = filled({ maxBytes: 10 }, 'é');
    outbox.add(entry('abc', 4));
    expect(() => outbox.add(entry('', 1))).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    outbox.remove(entries[0] as never);
    outbox.add(entry('', 3));
    expect(outbox.size).toBe(2);
  });

  it('drops the oldest waiting ones when told so', () => {
    const { outbox, entries } = filled({ maxMessages: 3, policy: 'drop-oldest' }, 'a', 'b', 'c');
    outbox.take();
    outbox.add(entry('d'));
    const [a, b, c] = entries;
    expect(b?.reject.mock.calls[0]?.[0].code).toBe('QUEUE_FULL');
    expect([a, c].map((one) => one?.reject.mock.calls.length)).toEqual([0, 0]);
    expect(topicsOf(outbox)).toEqual(['c', 'd']);
  });

  it('drops as many as it takes', () => {
    const { outbox } = filled({ maxBytes: 6, policy: 'drop-oldest' }, 'a', 'b', 'c');
    outbox.add(entry('d', 3));
    expect(topicsOf(outbox)).toEqual(['c', 'd']);
  });

  it('drops one that was put back', () => {
    const { outbox, entries } = filled({ maxBytes: 4, policy: 'drop-oldest' }, 'a', 'b');
    topicsOf(outbox);
    outbox.putBack(entries[0] as never);
    outbox.remove(entries[1] as never);
    outbox.add(entry('c', 3));
    expect(topicsOf(outbox)).toEqual(['c']);
  });

  it('drops nothing for a message that would not fit all the same', () => {
    const { outbox, entries } = filled({ maxBytes: 6, policy: 'drop-oldest' }, 'a', 'b', 'c');
    expect(() => outbox.add(entry('d', 6))).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    outbox.take();
    expect(() => outbox.add(entry('d', 4))).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
    for (const one of entries) expect(one.reject).not.toHaveBeenCalled();
    expect(outbox.size).toBe(3);
  });
});
