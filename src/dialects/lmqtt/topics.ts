/** Why a text cannot be the topic of a message, or undefined: MQTT 3.1.1 4.7.1. */
export function topicNameFault(topic: string): string | undefined {
  return /[+#]/.test(topic) ? 'free of the wildcards + and #' : undefined;
}

/** Why a text cannot be the topic of a subscription, or undefined: MQTT 3.1.1 4.7.1. */
export function topicFilterFault(filter: string): string | undefined {
  const levels = filter.split('/');
  const alone = levels.every((level) => level.length === 1 || !/[+#]/.test(level));
  if (!alone) return 'a topic filter whose wildcards + and # fill a level';
  const hash = levels.indexOf('#');
  return hash >= 0 && hash < levels.length - 1 ? 'a topic filter with # in its last level only' : undefined;
}
