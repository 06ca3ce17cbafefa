import type { KeptMessage, OutboxMessage } from '../../../src/client/outbox/entry.js';

/** A QoS 1 message of an earlier run. */
export function keptMessage(id: number, text: string, fields: Partial<OutboxMessage> = {}): KeptMessage {
  const payload = Buffer.from(text);
  const message: OutboxMessage = {
    ...{ id, topic: 't', payload, qos: 1, retain: false, acceptedAt: 0, expiresAt: undefined },
    ...fields,
  };
  return { message, attempts: 0, failure: undefined };
}
