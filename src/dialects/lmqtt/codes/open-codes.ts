import type { CodeTable } from './code-table.js';

/** `<result>` of `+LMQTTOPEN`: lmqtt.md 3 [M]. */
export const OPEN_RESULTS = {
  OPENED: { value: 0, text: 'the connection is open' },
  FAILED: { value: -1, text: 'the connection could not be opened' },
} as const satisfies CodeTable;

/** `<extend>` of `+LMQTTOPEN`: lmqtt.md 3 [M]. */
export const OPEN_REASONS = {
  PARAMETER: { value: 1, text: 'a parameter is wrong' },
  ID_IN_USE: { value: 2, text: 'the connection id is in use' },
  PDP: { value: 3, text: 'the PDP context could not be activated' },
  DNS: { value: 4, text: 'domain name could not be resolved' },
  NETWORK_DOWN: { value: 5, text: 'the network is down' },
} as const satisfies CodeTable;
