/** One documented number with a sentence for people. */
interface Code {
  readonly value: number;
  readonly text: string;
}

export type CodeTable = Readonly<Record<string, Code>>;

/** What the number means, or undefined if the table does not hold it. */
export function meaningOf(table: CodeTable, value: number | undefined): string | undefined {
  return Object.values(table).find((code) => code.value === value)?.text;
}

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

/** `<result>` of `+LMQTTDISC` and `+LMQTTCLOSE`: lmqtt.md 3 [M]. */
export const CLOSE_RESULTS = {
  DONE: { value: 0, text: 'done' },
  FAILED: { value: 1, text: 'the module reports a failure' },
} as const satisfies CodeTable;

/** `<n>` of `+LMQTTURC: STATS`: lmqtt.md 6 [M]. Anything but 0 means that the session is gone. */
export const SESSION_STATES = {
  OK: { value: 0, text: 'the session is in order' },
  CLOSED_BY_SERVER: { value: 1, text: 'closed or reset by the server' },
  URL: { value: 2, text: 'the address of the server is wrong' },
  DNS: { value: 3, text: 'domain name could not be resolved' },
  PROTOCOL: { value: 4, text: 'protocol error' },
  HTTP: { value: 7, text: 'HTTP error' },
  CONNECT_TIMEOUT: { value: 8, text: 'the connection timed out' },
  CONNECT_ERROR: { value: 9, text: 'the connection failed' },
  FATAL: { value: 10, text: 'fatal error of the module' },
  CLOSED: { value: 11, text: 'the connection is closed' },
  MORE_DATA: { value: 12, text: 'more data was needed' },
  BUFFER_OVERFLOW: { value: 13, text: 'a buffer of the module overflowed' },
  TLS: { value: 14, text: 'the TLS handshake failed' },
  REFUSED: { value: 15, text: 'the broker refused the connection' },
} as const satisfies CodeTable;
