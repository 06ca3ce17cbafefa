import type { CodeTable } from './code-table.js';

/** `<result>` of `+LMQTTCONN`: lmqtt.md 3 [M]. */
export const CONNECT_RESULTS = {
  ACKNOWLEDGED: { value: 0, text: 'CONNECT was acknowledged' },
  RETRANSMITTED: { value: 1, text: 'CONNECT was sent more than once' },
  SEND_FAILED: { value: 2, text: 'CONNECT could not be sent' },
} as const satisfies CodeTable;

/** `<ret_code>` of `+LMQTTCONN`: MQTT 3.1.1 3.2.2.3, and two of the module itself: lmqtt.md 3 [M]. */
export const RETURN_CODES = {
  ACCEPTED: { value: 0, text: 'the broker accepted the connection' },
  PROTOCOL_VERSION: { value: 1, text: 'unacceptable protocol version' },
  IDENTIFIER_REJECTED: { value: 2, text: 'client identifier rejected' },
  SERVER_UNAVAILABLE: { value: 3, text: 'server unavailable' },
  BAD_CREDENTIALS: { value: 4, text: 'bad user name or password' },
  NOT_AUTHORIZED: { value: 5, text: 'not authorized' },
  SEND_FAILED: { value: 6, text: 'CONNECT could not be sent' },
  PARAMETER: { value: 7, text: 'a parameter is wrong' },
} as const satisfies CodeTable;

/** Whether the broker itself refused; 6 and 7 come from the module. */
export function isRefusal(returnCode: number | undefined): boolean {
  return (
    returnCode !== undefined &&
    returnCode >= RETURN_CODES.PROTOCOL_VERSION.value &&
    returnCode <= RETURN_CODES.NOT_AUTHORIZED.value
  );
}
