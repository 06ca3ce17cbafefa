import type { CodeTable } from './code-table.js';

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
