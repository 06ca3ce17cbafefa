import { openOutbox } from '../../client/outbox/open-outbox.js';
import { outboxSettings } from '../../client/outbox/options.js';
import type { Outbox } from '../../client/outbox/outbox.js';
import { checkedPublication } from '../../client/request-checks.js';
import { ModemError } from '../../errors/modem-error.js';
import { clientSettings } from '../connect-options.js';
import type { Invocation } from '../invocation.js';
import { OUTBOX_LIMITS } from '../outbox/flush.js';
import { counted } from '../terminal.js';
import type { PubOptions } from './command.js';
import type { Payloads } from './payloads.js';

/** Messages that share an fsync. */
const BATCH = 500;

/**
 * Puts everything into the outbox file; all of it is on the disk when it resolves. After a failure, or an interruption,
 * a note says how much was stored before that.
 */
export async function store(
  path: string,
  payloads: Payloads,
  options: PubOptions,
  { signal, log }: Pick<Invocation, 'signal' | 'log'>,
): Promise<void> {
  const outbox = await openOutbox(outboxSettings({ ...OUTBOX_LIMITS, file: path, qosZero: true }));
  try {
    const stream = 'single' in payloads ? [payloads.single] : payloads.stream(signal);
    await storeEach(outbox, stream, options);
  } catch (error) {
    log.note(`${counted(outbox.stats.published, 'message')} stored before that`, 'STORED');
    throw error;
  } finally {
    outbox.close(new ModemError('CLOSED', 'stored'));
  }
}

async function storeEach(
  outbox: Outbox,
  payloads: Iterable<Buffer> | AsyncIterable<Buffer>,
  options: PubOptions,
): Promise<void> {
  const settings = await clientSettings(options);
  let batch: Promise<void>[] = [];
  try {
    for await (const bytes of payloads) {
      const publication = checkedPublication(settings, options.topic, bytes, options);
      batch.push(outbox.publish(publication, { offline: true }).accepted);
      if (batch.length < BATCH) continue;
      await Promise.all(batch);
      batch = [];
    }
  } finally {
    // What was read is stored, also when the source fails.
    await Promise.allSettled(batch);
  }
  await Promise.all(batch);
}
