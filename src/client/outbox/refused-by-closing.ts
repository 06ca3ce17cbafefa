import { ModemError } from '../../errors/modem-error.js';
import type { OutboxMessage } from './entry.js';

/** The error for a message that the broker refuses in the only way that MQTT 3.1.1 has: it closes the connection. */
export function refusedByClosing(message: OutboxMessage, times: number, cause: ModemError): ModemError {
  const { topic, qos, retain, payload } = message;
  const unwanted = [
    'the topic from this client',
    ...(retain ? ['retained messages'] : []),
    `QoS ${qos}`,
    payload.length === 1 ? '1 byte' : `${payload.length} bytes`,
  ];
  return new ModemError(
    'PUBLISH_REFUSED',
    `publish to "${topic}": the broker closed the connection each time this message was sent, ${times} times in a row; ` +
      `perhaps it does not accept ${unwanted.slice(0, -1).join(', ')} or ${unwanted.at(-1)}`,
    { cause },
  );
}
