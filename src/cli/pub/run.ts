import type { Client } from '../../client/client.js';
import { checkedPublication } from '../../client/request-checks.js';
import { clientSettings } from '../connect-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { requirePort } from '../port.js';
import { counted } from '../terminal.js';
import { withClient } from '../with-client.js';
import type { PubOptions } from './command.js';
import { type Payloads, readPayloads } from './payloads.js';

/** A command that publishes and ends must not try for ever, as one that listens does. */
const RULES = { maxReconnectAttempts: 5 };

export async function run(options: PubOptions, invocation: Invocation): Promise<ExitCode> {
  const { input, signal } = invocation;
  const settings = await clientSettings(options);
  const { dialect, session } = settings;
  const payloads = await readPayloads(options, input, signal, dialect.largestPayload(session));
  // What the wire cannot carry is refused before the port is opened.
  const payload = 'single' in payloads ? payloads.single : Buffer.alloc(0);
  checkedPublication(settings, options.topic, payload, options);
  if (options.outbox !== undefined) {
    await storeAndFlush(options.outbox, payloads, options, invocation);
    return EXIT.DONE;
  }
  await withClient(options, invocation, (client) => publishAll(client, payloads, options, invocation), RULES);
  return EXIT.DONE;
}

async function storeAndFlush(
  path: string,
  payloads: Payloads,
  options: PubOptions,
  invocation: Invocation,
): Promise<void> {
  const [{ store }, { flush, noteRest }] = await Promise.all([
    import('./store.js'),
    import('../outbox/flush.js'),
  ]);
  await requirePort(options);
  try {
    await store(path, payloads, options, invocation);
  } catch (error) {
    await noteRest(path, invocation);
    throw error;
  }
  await flush(path, options, invocation);
}

async function publishAll(
  client: Client,
  payloads: Payloads,
  { topic, qos, retain = false, json = false, maxInflight = 8 }: PubOptions,
  { output, log, signal }: Invocation,
): Promise<void> {
  let sent = 0;
  const publish = async (payload: Buffer) => {
    await client.publish(topic, payload, { qos, retain, signal });
    sent += 1;
    if (json) await output.json({ topic, qos, retain, bytes: payload.length });
  };
  if ('single' in payloads) return publish(payloads.single);
  // Twice the window: there is always one more to hand to the module when a result comes.
  try {
    await publishEach(payloads.stream, 2 * maxInflight, publish, signal);
  } catch (error) {
    log.note(`${counted(sent, 'message')} sent before that`, 'SENT');
    throw error;
  }
}

/**
 * Publishes payloads as they come. At most `limit` are under way, the source is read no faster than that; at the first
 * failure it is not read any more. Rejects with that failure, or with the source's own.
 */
export async function publishEach(
  source: (signal: AbortSignal) => AsyncIterable<Buffer>,
  limit: number,
  publish: (payload: Buffer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const underWay = new Set<Promise<void>>();
  try {
    for await (const payload of source(AbortSignal.any([signal, failed.signal]))) {
      const sending: Promise<void> = publish(payload)
        .catch((error: unknown) => failed.abort(error))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      if (underWay.size >= limit) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } catch (error) {
    failed.signal.throwIfAborted();
    throw error;
  }
  failed.signal.throwIfAborted();
}
