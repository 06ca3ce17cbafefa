import type { Line } from '../../../at/line.js';
import type { Urc } from '../../../at/urc.js';
import { countedHeader, formatHead, leadingLength, type Message, RECEIVED, splitMessage } from './message.js';
import type { UrcPrefix } from './tagged-urc.js';

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<len>,<payload>`, the only form that carries every byte: `recv/mode` with show
 * length 1. The payload is exactly `<len>` bytes [C], raw or between quotes [A]: lmqtt.md 6.
 */
export const COUNTED_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: (line) => parseCounted(line, RECEIVED),
  format: (message) => formatCounted(message, RECEIVED),
  counted: countedHeader(RECEIVED),
};

/** The message of a line whose payload the digester has counted. */
export function parseCounted({ text, payload }: Line, prefix: UrcPrefix): Message | undefined {
  const head = splitMessage(text, prefix);
  const counted = head === undefined ? undefined : leadingLength(head.rest);
  if (head === undefined || counted === undefined || payload === undefined) return undefined;
  if (counted.width !== head.rest.length || counted.length !== payload.length) return undefined;
  return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
}

/** The sender writes the text, the payload, CR and LF. */
export function formatCounted(message: Message, prefix: UrcPrefix): Line {
  const { payload } = message;
  return { text: `${formatHead(message, prefix)}${payload.length},`, payload };
}
