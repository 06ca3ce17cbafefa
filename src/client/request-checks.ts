import type { Publication, Qos, TopicFilter } from '../dialects/dialect.js';
import type { ClientSettings } from './options.js';
import { payloadBytes } from './payload.js';
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
