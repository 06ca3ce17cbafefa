import type { OutboxFile } from '../../client/outbox/outbox-file.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Invocation } from '../invocation.js';
import type { OutboxCommandOptions } from './command.js';
import { messagesText } from './words.js';

/** Deletes what was not delivered; with `failed` only what was set aside. Throws `INVALID_ARGUMENT` without `yes`. */
export async function purge(
  file: OutboxFile,
  { failed = false, yes = false, json = false }: Pick<OutboxCommandOptions, 'failed' | 'yes' | 'json'>,
  { output }: Pick<Invocation, 'output'>,
): Promise<void> {
  const messages = file.load().messages.filter(({ failure }) => !failed || failure !== undefined);
  if (!yes) {
    const what = messagesText(messages.length);
    throw new ModemError('INVALID_ARGUMENT', `purge would delete ${what} for good: give --yes to do that`);
  }
  const removed = new Set(messages.map(({ message }) => message.id));
  file.write({ added: [], tried: new Map(), removed });
  if (json) await output.json({ deleted: removed.size });
  else await output.line(`${messagesText(removed.size)} deleted`);
}
