import type { Publication, Qos, TopicFilter } from '../dialects/dialect.js';
import { checkOptions } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { checkSignal } from '../modem/open-options.js';
import type { WaitOptions } from './delivery.js';
import type { ClientSettings } from './options.js';
import { parseFilters, type SubscribeTopics } from './subscriptions.js';

type Checkers = Pick<ClientSettings, 'dialect' | 'rules' | 'session'>;

/** A message that the wire can carry and the broker takes; throws an `ArgumentError` for any other. */
export function checkedPublication(
  { dialect, rules, session }: Checkers,
  topic: string,
  payload: unknown,
  { qos = 0, retain = false }: { readonly qos?: Qos; readonly retain?: boolean },
): Publication {
  const publication = { topic, payload: payloadBytes(payload), qos, retain };
  dialect.checkPublication(publication, session);
  rules.checkPublication?.(publication);
  return publication;
}

/** As `checkedPublication`. */
export function checkedFilters(
  { dialect, rules }: Checkers,
  topics: SubscribeTopics,
  qos?: Qos,
): TopicFilter[] {
  const filters = parseFilters(topics, qos);
  dialect.checkFilters(filters);
  rules.checkFilters?.(filters);
  return filters;
}

/** Throws an `ArgumentError` for what is no object of options, for unknown ones, and for a signal that is none. */
export function checkRequestOptions(
  options: WaitOptions,
  names: Readonly<Record<string, true>>,
  example: string,
): void {
  checkOptions(options, names, { example });
  checkSignal(options.signal);
}

/** The bytes to be published. A copy: the caller may use the buffer again while the message waits in the outbox. */
export function payloadBytes(payload: unknown): Buffer {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new ArgumentError('payload', String(payload), 'a string or a Buffer');
  }
  return Buffer.from(payload);
}
