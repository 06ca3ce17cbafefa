const NO_NUL = 'free of NUL';
const WILDCARDS_ALONE = 'a topic filter whose wildcards + and # fill a level';
const HASH_LAST = 'a topic filter with # in its last level only';
const SHARED_GROUP =
  'a shared subscription $share/group/filter whose group is not empty and has no wildcards';
const SHARED_FILTER = 'a shared subscription with a topic filter behind its prefix';

/** Why a text cannot be the topic of a message, or undefined: MQTT 3.1.1 4.7.1, 4.7.3. Empty levels are legal. */
export function topicNameFault(topic: string): string | undefined {
  if (topic.includes('\0')) return NO_NUL;
  return /[+#]/.test(topic) ? 'free of the wildcards + and #' : undefined;
}

/**
 * Why a text cannot be the topic of a subscription, or undefined: MQTT 3.1.1 4.7.1, 4.7.3; shared subscriptions as in
 * MQTT 5 4.8.2, which brokers offer to clients of 3.1.1 as well, and `$queue/filter`, their form without a group.
 */
export function topicFilterFault(filter: string): string | undefined {
  if (filter.includes('\0')) return NO_NUL;
  const levels = filter.split('/');
  if (levels[0] === '$queue') return sharedFault(levels.slice(1));
  if (levels[0] !== '$share') return wildcardFault(levels);
  const group = levels[1] ?? '';
  if (group === '' || /[+#]/.test(group)) return SHARED_GROUP;
  return sharedFault(levels.slice(2));
}

function sharedFault(levels: readonly string[]): string | undefined {
  return levels.join('/') === '' ? SHARED_FILTER : wildcardFault(levels);
}

function wildcardFault(levels: readonly string[]): string | undefined {
  const alone = levels.every((level) => level.length === 1 || !/[+#]/.test(level));
  if (!alone) return WILDCARDS_ALONE;
  const hash = levels.indexOf('#');
  return hash >= 0 && hash < levels.length - 1 ? HASH_LAST : undefined;
}
