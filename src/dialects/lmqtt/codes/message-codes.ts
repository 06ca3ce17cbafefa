import type { CodeTable } from './code-table.js';

/** `<result>` of `+LMQTTSUBUNSUB`: lmqtt.md 4 [M]. */
export const SUBSCRIBE_RESULTS = {
  DONE: { value: 0, text: 'done' },
  FAILED: { value: 1, text: 'the module reports a failure' },
} as const satisfies CodeTable;

/** `<result>` of `+LMQTTPUB`: lmqtt.md 5 [M]. */
export const PUBLISH_RESULTS = {
  SENT: { value: 0, text: 'sent, and acknowledged if QoS > 0' },
  BAD_ACKNOWLEDGEMENT: { value: 1, text: 'sent, but the acknowledgement was wrong' },
  FAILED: { value: 2, text: 'the module reports a failure' },
} as const satisfies CodeTable;

/** `<extend>` of a `+LMQTTSUBUNSUB` without a fault: lmqtt.md 4 [M], seen [T]. */
export const EXTEND_OK = 1;

/** `<extend>` of a failing `+LMQTTSUBUNSUB` or `+LMQTTPUB`: lmqtt.md 4 and 5 [M]. */
export const MESSAGE_REASONS = {
  SEND_FAILED: { value: 6, text: 'the packet could not be sent' },
  PARAMETER: { value: 7, text: 'a parameter is wrong' },
} as const satisfies CodeTable;
