import type { KeptMessage } from '../../client/outbox/entry.js';
import type { OutboxFile } from '../../client/outbox/outbox-file.js';
import type { Invocation } from '../invocation.js';
import { jsonPayload } from '../json-message.js';
import { alignColumns } from '../text-table.js';
import type { OutboxCommandOptions } from './command.js';

/** Prints the messages in the order in which they go out; with `failed` those alone that were set aside. */
export async function list(
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
