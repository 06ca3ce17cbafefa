import type { CodeTable } from './code-table.js';

/** `<result>` of `+LMQTTDISC` and `+LMQTTCLOSE`: lmqtt.md 3 [M]. */
export const CLOSE_RESULTS = {
  DONE: { value: 0, text: 'done' },
  FAILED: { value: 1, text: 'the module reports a failure' },
} as const satisfies CodeTable;
