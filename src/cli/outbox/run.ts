import type { KeptMessage } from '../../client/outbox/entry.js';
import { OutboxFile } from '../../client/outbox/outbox-file.js';
import { ModemError } from '../../errors/modem-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { jsonPayload } from '../output.js';
import { alignColumns, counted } from '../terminal.js';
import type { OutboxCommandOptions } from './command.js';

export async function run(options: OutboxCommandOptions, invocation: Invocation): Promise<ExitCode> {
  const { file: path, action, failed = false } = options;
  const file = await OutboxFile.open(path, { create: false });
  try {
    if (action === 'list') await list(file, options, invocation);
    if (action === 'purge') await purge(file, options, invocation);
    if (action === 'flush' && failed) sendAgain(file);
  } finally {
    file.close();
  }
  if (action === 'flush') await flushFile(options, invocation);
  return EXIT.DONE;
}

/** To look into the file, or to delete what is in it, takes no client. */
async function flushFile(options: OutboxCommandOptions, invocation: Invocation): Promise<void> {
  const { flush } = await import('./flush.js');
  await flush(options.file, options, invocation);
}

/** Those that were set aside get as many attempts as new ones, at their old place. */
function sendAgain(file: OutboxFile): void {
  const tried = file.load().messages.filter(({ failure }) => failure !== undefined);
  const fresh = { attempts: 0, failure: undefined };
  file.write({
    added: [],
    tried: new Map(tried.map(({ message }) => [message.id, fresh])),
    removed: new Set(),
  });
}

/** Prints the messages in the order in which they go out; with `failed` those alone that were set aside. */
async function list(
  file: OutboxFile,
  { failed = false, json = false }: Pick<OutboxCommandOptions, 'failed' | 'json'>,
  { output, log }: Pick<Invocation, 'output' | 'log'>,
): Promise<void> {
  const messages = file.load().messages.filter(({ failure }) => !failed || failure !== undefined);
  if (json) for (const kept of messages) await output.json(record(kept));
  else for (const line of alignColumns(messages.map(columns))) await output.line(line);
  if (messages.length === 0) log.note(failed ? 'no message was set aside' : 'the outbox is empty');
}

function columns({ message, attempts, failure }: KeptMessage): string[] {
  const { id, topic, qos, payload, acceptedAt, expiresAt } = message;
  const state = failure === undefined ? 'waiting' : `set aside after ${attempts} attempts: ${failure}`;
  const until = expiresAt === undefined ? [] : [`until ${isoTime(expiresAt)}`];
  return [
    String(id),
    isoTime(acceptedAt),
    topic,
    `QoS ${qos}`,
    `${payload.length} bytes`,
    [state, ...until].join(', '),
  ];
}

function record({ message, attempts, failure }: KeptMessage): object {
  const { id, topic, qos, retain, payload, acceptedAt, expiresAt } = message;
  return {
    ...{ id, topic, qos, retain, acceptedAt: isoTime(acceptedAt) },
    ...(expiresAt === undefined ? {} : { expiresAt: isoTime(expiresAt) }),
    attempts,
    ...(failure === undefined ? {} : { failure }),
    bytes: payload.length,
    ...jsonPayload(payload),
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** Deletes what was not delivered; with `failed` only what was set aside. Throws `INVALID_ARGUMENT` without `yes`. */
async function purge(
  file: OutboxFile,
  { failed = false, yes = false, json = false }: Pick<OutboxCommandOptions, 'failed' | 'yes' | 'json'>,
  { output }: Pick<Invocation, 'output'>,
): Promise<void> {
  const messages = file.load().messages.filter(({ failure }) => !failed || failure !== undefined);
  if (!yes) {
    const what = counted(messages.length, 'message');
    throw new ModemError('INVALID_ARGUMENT', `purge would delete ${what} for good: give --yes to do that`);
  }
  const removed = new Set(messages.map(({ message }) => message.id));
  file.write({ added: [], tried: new Map(), removed });
  if (json) await output.json({ deleted: removed.size });
  else await output.line(`${counted(removed.size, 'message')} deleted`);
}
