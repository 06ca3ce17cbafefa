import { ArgumentError } from '../errors/kinds.js';

/** The bytes to be published. A copy: the caller may use the buffer again while the message waits in the outbox. */
export function payloadBytes(payload: unknown): Buffer {
  if (typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new ArgumentError('payload', String(payload), 'a string or a Buffer');
  }
  return Buffer.from(payload);
}
