import type { Client } from '../../client/client.js';
import { checkedFilters } from '../../client/request-checks.js';
import { ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';
import { clientSettings } from '../connect-options.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { withClient } from '../with-client.js';
import type { Formatter } from './format.js';
import type { SubOptions } from './options.js';
import { formatterFor } from './print.js';

/** Messages that may wait for a slow reader of stdout; the oldest give way. */
const WAITING_LIMIT = 10_000;

export async function run(options: SubOptions, invocation: Invocation): Promise<ExitCode> {
  const format = formatterFor(options);
  // Refuses what the wire cannot carry before the port is opened.
  checkedFilters(clientSettings(options), options.topic, options.qos);
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
  const forget = onAbort(over, () => messages.end());
  let printed = 0;
  try {
    await client.subscribe(topic, { qos, signal: over });
    for await (const { topic, payload, messageId } of messages) {
      await output.write(format({ topic, payload, messageId, time: new Date() }));
      printed += 1;
      if (printed >= count) return EXIT.DONE;
    }
  } catch (error) {
    if (limit?.aborted !== true) throw error;
  } finally {
    forget();
    if (messages.dropped > 0) log.note(`${messages.dropped} messages were dropped: stdout was too slow`);
  }
  if (limit?.aborted) return EXIT.TIME_LIMIT;
  throw new ModemError('SESSION_LOST', 'the session ended');
}
