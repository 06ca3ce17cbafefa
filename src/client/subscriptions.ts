import { checkOneOf } from '../at/checks.js';
import type { Qos, TopicFilter } from '../dialects/dialect.js';
import { checkOptions } from '../errors/check-options.js';
import { ArgumentError } from '../errors/kinds.js';

/** A filter, several, or a map from filter to its options, as MQTT.js takes them. */
export type SubscribeTopics = string | readonly string[] | Readonly<Record<string, { readonly qos: Qos }>>;

const QOS_VALUES: readonly Qos[] = [0, 1, 2];

/** The filters with their QoS; the dialect checks the topics. */
export function parseFilters(topics: SubscribeTopics, qos: Qos = 0): TopicFilter[] {
  checkOneOf('qos', qos, QOS_VALUES);
  const filters = isMap(topics)
    ? Object.entries(topics).map(([topic, options]) => ({ topic, qos: qosOf(topic, options) }))
    : parseTopics(topics).map((topic) => ({ topic, qos }));
  if (filters.length === 0) throw new ArgumentError('topic', 'an empty list', 'at least one topic filter');
  for (const filter of filters) checkOneOf('qos', filter.qos, QOS_VALUES);
  return filters;
}

const FILTER_NAMES = { qos: true } as const;

function qosOf(topic: string, options: { readonly qos: Qos }): Qos {
  const shown = JSON.stringify(topic);
  checkOptions(options, FILTER_NAMES, { field: shown, prefix: `${shown}.`, example: '{ qos: 1 }' });
  return options.qos;
}

/** One topic or several as a list. */
export function parseTopics(topics: string | readonly string[]): readonly string[] {
  return typeof topics === 'string' ? [topics] : topics;
}

function isMap(topics: SubscribeTopics): topics is Readonly<Record<string, { readonly qos: Qos }>> {
  if (topics === null || (typeof topics !== 'object' && typeof topics !== 'string')) {
    throw new ArgumentError('topic', String(topics), 'a string, an array of strings or a map');
  }
  return typeof topics === 'object' && !Array.isArray(topics);
}

/** The subscriptions in force, to be restored on a new session. */
export class Subscriptions {
  readonly #filters = new Map<string, Qos>();

  add(filters: readonly TopicFilter[]): void {
    for (const { topic, qos } of filters) this.#filters.set(topic, qos);
  }

  remove(topics: readonly string[]): void {
    for (const topic of topics) this.#filters.delete(topic);
  }

  get all(): readonly TopicFilter[] {
    return [...this.#filters].map(([topic, qos]) => ({ topic, qos }));
  }
}
