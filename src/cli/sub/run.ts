import type { Client } from '../../client/client.js';
import type { SubscribeOptions } from '../../client/client-types.js';
import { checkedFilters } from '../../client/request-checks.js';
import { TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';
import { clientSettings } from '../connect-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { Log } from '../log.js';
import { withClient } from '../with-client.js';
import type { SubOptions } from './command.js';
import { type Formatter, formatterFor } from './format.js';

/** Messages that may wait for a slow reader of stdout; the oldest give way. */
const WAITING_LIMIT = 10_000;

export const endless = ({ count, timeLimit }: SubOptions) => count === undefined && timeLimit === undefined;

export async function run(options: SubOptions, invocation: Invocation): Promise<ExitCode> {
  const format = formatterFor(options);
  // Refuses what the wire cannot carry before the port is opened.
  checkedFilters(await clientSettings(options), options.topic, options.qos);
  return withClient(options, invocation, (client) => printMessages(client, options, format, invocation));
}

async function printMessages(
  client: Client,
  { topic, qos, count = Number.POSITIVE_INFINITY, timeLimit }: SubOptions,
  format: Formatter,
  { output, log, signal }: Invocation,
): Promise<ExitCode> {
  const limit = timeLimit === undefined ? undefined : AbortSignal.timeout(timeLimit);
  const over = limit === undefined ? signal : AbortSignal.any([signal, limit]);
  const messages = client.messages(WAITING_LIMIT);
  // What comes until the module has disconnected has been acknowledged to the broker.
  const forget = onAbort(over, () => void client.end({ force: true }));
  let failure: unknown;
  // Messages may come before the result of the subscription, and without it.
  subscribe(client, topic, { qos, signal: over }, log).catch((error: unknown) => {
    if (over.aborted) return;
    failure = error;
    messages.end();
  });
  let printed = 0;
  try {
    for await (const { topic, payload, messageId } of messages) {
      await output.write(format({ topic, payload, messageId, time: new Date() }));
      printed += 1;
      if (printed >= count) return EXIT.DONE;
    }
  } finally {
    forget();
    if (messages.dropped > 0)
      log.note(`${messages.dropped} messages were dropped: stdout was too slow`, 'DROPPED');
  }
  if (limit?.aborted) return EXIT.TIME_LIMIT;
  if (failure !== undefined) throw failure;
  throw new ModemError('SESSION_LOST', 'the session ended');
}

/** Again where no result came: the subscription may be in force, or not. */
async function subscribe(
  client: Client,
  topic: SubOptions['topic'],
  options: SubscribeOptions,
  log: Log,
): Promise<void> {
  for (;;) {
    try {
      return await client.subscribe(topic, options);
    } catch (error) {
      if (!(error instanceof TimeoutError) || options.signal?.aborted) throw error;
      log.note(`${error.message}: subscribing again`);
    }
  }
}
