import type { Client } from '../../client/client.js';
import { checkedPublication } from '../../client/request-checks.js';
import { clientSettings } from '../connect-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { requirePort } from '../port.js';
import { withClient } from '../with-client.js';
import type { PubOptions } from './options.js';
import { type Payloads, readPayloads } from './payloads.js';
import { publishEach } from './publish-each.js';

/** A command that publishes and ends must not try for ever, as one that listens does. */
const RULES = { maxReconnectAttempts: 5 };

export async function run(options: PubOptions, invocation: Invocation): Promise<ExitCode> {
  const { input, signal } = invocation;
  const payloads = await readPayloads(options, input, signal);
  checkMessage(options, 'single' in payloads ? payloads.single : Buffer.alloc(0));
  if (options.outbox !== undefined) {
    await storeAndFlush(options.outbox, payloads, options, invocation);
    return EXIT.DONE;
  }
  await withClient(options, invocation, (client) => publishAll(client, payloads, options, invocation), RULES);
  return EXIT.DONE;
}

/** Refuses what the wire cannot carry before the port is opened. */
function checkMessage(options: PubOptions, payload: Buffer): void {
  checkedPublication(clientSettings(options), options.topic, payload, options);
}

async function storeAndFlush(
  path: string,
  payloads: Payloads,
  options: PubOptions,
  invocation: Invocation,
): Promise<void> {
  const [{ store }, { flush }] = await Promise.all([import('./store.js'), import('../outbox/flush.js')]);
  await requirePort(options.port);
  await store(path, payloads, options, invocation.signal);
  await flush(path, options, invocation);
}

async function publishAll(
  client: Client,
  payloads: Payloads,
  { topic, qos, retain = false, json = false, maxInflight = 8 }: PubOptions,
  { output, signal }: Invocation,
): Promise<void> {
  const publish = async (payload: Buffer) => {
    await client.publish(topic, payload, { qos, retain, signal });
    if (json) await output.json({ topic, qos, retain, bytes: payload.length });
  };
  if ('single' in payloads) return publish(payloads.single);
  // Twice the window: there is always one more to hand to the module when a result comes.
  await publishEach(payloads.stream, 2 * maxInflight, publish, signal);
}
