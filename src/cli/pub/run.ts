import type { Client } from '../../client/client.js';
import { checkedPublication } from '../../client/request-checks.js';
import { clientSettings } from '../connect-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { messagesText } from '../outbox/words.js';
import { requirePort } from '../port.js';
import { withClient } from '../with-client.js';
import type { PubOptions } from './options.js';
import { type Payloads, readPayloads } from './payloads.js';
import { publishEach } from './publish-each.js';

/** A command that publishes and ends must not try for ever, as one that listens does. */
const RULES = { maxReconnectAttempts: 5 };

export async function run(options: PubOptions, invocation: Invocation): Promise<ExitCode> {
  const { input, signal } = invocation;
  const settings = clientSettings(options);
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
    log.note(`${messagesText(sent)} sent before that`, 'SENT');
    throw error;
  }
}
