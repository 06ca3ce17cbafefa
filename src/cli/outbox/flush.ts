import type { Client } from '../../client/client.js';
import type { KeptMessage, OutboxMessage } from '../../client/outbox/entry.js';
import { OutboxFile } from '../../client/outbox/outbox-file.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { Invocation } from '../invocation.js';
import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';
import { counted } from '../terminal.js';
import { withClient } from '../with-client.js';

/** A command line has no program behind it that could wait for room: what it is given must fit. */
export const OUTBOX_LIMITS = { maxMessages: 100_000, maxBytes: 256 * 1024 * 1024 };

/** Attempts to get a lost session back: a command that sends and ends must not try for ever. */
const ATTEMPTS = 5;

/**
 * Connects and sends what waits in the file. Rejects with why there is no session, or why a message was given up; what
 * is left stays in the file, and a note says so.
 */
export async function flush(
  path: string,
  options: ModemOptions & ConnectionOptions,
  invocation: Invocation,
): Promise<void> {
  const rules = { maxReconnectAttempts: ATTEMPTS, outbox: { ...OUTBOX_LIMITS, file: path } };
  try {
    await withClient(options, invocation, (client) => sendAll(client, options, invocation), rules);
  } finally {
    await noteRest(path, invocation);
  }
}

async function sendAll(
  client: Client,
  { json = false }: ModemOptions,
  { output, signal }: Invocation,
): Promise<void> {
  const failures: ModemError[] = [];
  client.on('undelivered', (_message, error) => failures.push(error));
  client.on('delivered', (message) => {
    if (json) void output.json(record(message));
  });
  await client.drained({ signal });
  // What had expired when the client was made is told a turn later.
  await new Promise(setImmediate);
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

function record({ id, topic, qos, retain, payload }: OutboxMessage): object {
  return { id, topic, qos, retain, bytes: payload.length };
}

/** Says what the file still holds, if anything. */
export async function noteRest(path: string, { log }: Pick<Invocation, 'log'>): Promise<void> {
  const messages = await messagesIn(path);
  const aside = messages.filter(({ failure }) => failure !== undefined).length;
  const waiting = messages.length - aside;
  if (waiting > 0) {
    log.note(
      `${counted(waiting, 'message')} kept in ${path}: \`atmqtt outbox ${path} flush\` sends what waits`,
      'KEPT',
    );
  }
  if (aside > 0) {
    log.note(
      `${counted(aside, 'message')} set aside in ${path}: \`atmqtt outbox ${path} list --failed\` says why`,
      'SET_ASIDE',
    );
  }
}

/** None if the file cannot be opened: the failure that is under way tells that. */
async function messagesIn(path: string): Promise<readonly KeptMessage[]> {
  const file = await OutboxFile.open(path).catch(() => undefined);
  const { messages } = file?.load() ?? { messages: [] };
  file?.close();
  return messages;
}
