import type { Client } from '../client/client.js';
import type { OutboxOptions } from '../client/outbox/options.js';
import { connect } from '../provisioning/connect.js';
import { clientOptions, withPassphrase } from './connect-options.js';
import type { Invocation } from './invocation.js';
import { degradationText, type Log } from './log.js';
import type { ConnectionOptions } from './options/connection-options.js';
import type { ModemOptions } from './options/global-options.js';
import { withPort } from './with-modem.js';

interface ClientRules {
  /** As of `connect()`. */
  readonly maxReconnectAttempts?: number;
  readonly outbox?: OutboxOptions;
}

/** Runs `use` with a connected client, and disconnects it in order, also after an interruption. */
export function withClient<T>(
  options: ModemOptions & ConnectionOptions,
  invocation: Invocation,
  use: (client: Client) => Promise<T>,
  rules: ClientRules = {},
): Promise<T> {
  const connection = withPassphrase(clientOptions(options), options);
  return withPort(options, invocation, async (port, modemOptions) => {
    const client = await connect(port, { ...connection, ...modemOptions, ...rules });
    noteEvents(client, invocation.log);
    try {
      return await use(client);
    } finally {
      await client.end({ force: invocation.signal.aborted });
    }
  });
}

/** What goes on behind the back of the command. */
function noteEvents(client: Client, log: Log): void {
  client.on('degraded', (told) => log.note(degradationText(told), 'DEGRADED'));
  client.on('recovery', ({ sentence }) => log.note(sentence, 'RECOVERY'));
  client.on('connect', () => {
    if (client.stats().reconnects > 0) log.note('connected again', 'CONNECTED');
  });
}
