import type { Publication, SessionOptions, TopicFilter } from '../dialects/dialect.js';

/**
 * What a broker takes, where that is less than MQTT allows: it would end the session, or drop the message in silence.
 * Each throws an `ArgumentError` that names the field; nothing is written then.
 */
export interface BrokerRules {
  checkSession?(options: SessionOptions): void;
  checkPublication?(publication: Publication): void;
  checkFilters?(filters: readonly TopicFilter[]): void;
}
