import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntryOptions } from '../../../../../src/client/outbox/entry.js';
import { openOutbox } from '../../../../../src/client/outbox/open-outbox.js';
import { type OutboxOptions, outboxSettings } from '../../../../../src/client/outbox/options.js';
import { Outbox } from '../../../../../src/client/outbox/outbox.js';
import { ModemError } from '../../../../../src/errors/modem-error.js';
import { cpuEach, type Kind, numbers, UP_TO_10_000, UP_TO_100_000 } from '../kind.js';

const PAYLOAD = Buffer.alloc(256, 'x');
const REASON = new ModemError('CLOSED', 'measured');
const DAY = 24 * 60 * 60 * 1000;

/** Messages that expire while the others wait, each in a ms of its own. */
const EXPIRING = 100;

/** ms until the first one does. */
const LIFE = 50;

/** The outbox alone, without a session: what happens to messages that wait. */
export const waitingMessages: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => {
    const delivered = new Outbox(settings(count));
    const accepted = await cpuEach(count, () => publish(delivered, count));
    return {
      accepted,
      'taken and delivered': await cpuEach(count, () => deliverAll(delivered)),
      'withdrawn by one signal': await withdrawn(count),
      'one of them expired': await expired(count),
    };
  },
};

/** What an earlier run left. */
export const openedFile: Kind = {
  sizes: UP_TO_10_000,
  measure: async (count) => {
    const folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
    const file = join(folder, 'outbox.db');
    const first = await openOutbox(settings(count, { file }));
    const accepted = await cpuEach(count, () =>
      Promise.all(publish(first, count).map((one) => one.accepted)),
    );
    first.close(REASON);
    let second = first;
    const opened = await cpuEach(count, async () => {
      second = await openOutbox(settings(count, { file }));
    });
    second.close(REASON);
    rmSync(folder, { recursive: true });
    return { accepted, opened };
  },
};

async function withdrawn(count: number): Promise<number> {
  const outbox = new Outbox(settings(count));
  const abort = new AbortController();
  const waiting = publish(outbox, count, () => ({ signal: abort.signal }));
  return cpuEach(count, async () => {
    abort.abort();
    await Promise.allSettled(waiting);
  });
}

async function expired(count: number): Promise<number> {
  const outbox = new Outbox(settings(count + EXPIRING));
  outbox.listen({ changed: () => {}, delivered: () => {}, undelivered: () => {}, trouble: () => {} });
  const others = Promise.allSettled(publish(outbox, count, () => ({ timeToLive: DAY })));
  const expiring = publish(outbox, EXPIRING, (number) => ({ timeToLive: LIFE + number }));
  // What it took to make the others is not the price of one that expires.
  globalThis.gc?.();
  const cost = await cpuEach(EXPIRING, () => Promise.allSettled(expiring));
  outbox.close(REASON);
  await others;
  return cost;
}

function publish(outbox: Outbox, count: number, options: (number: number) => EntryOptions = () => ({})) {
  return numbers(count).map((number) =>
    outbox.publish({ topic: 'bench', payload: PAYLOAD, qos: 1, retain: false }, options(number)),
  );
}

function deliverAll(outbox: Outbox): void {
  for (let next = outbox.take(); next !== undefined; next = outbox.take()) outbox.delivered(next);
}

function settings(maxMessages: number, options: OutboxOptions = {}) {
  return outboxSettings({ maxMessages, maxBytes: Number.MAX_SAFE_INTEGER, ...options });
}
