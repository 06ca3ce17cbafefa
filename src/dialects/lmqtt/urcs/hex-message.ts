import type { Urc } from '../../../at/urc.js';
import { formatHead, leadingLength, type Message, RECEIVED, splitMessage } from './message.js';
import { withoutQuotes } from './quotes.js';

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",[<len>,]<hex>`: `recv/mode` 1 or 2, with or without the length: dialect
 * sections 2, 6 [M]. `format` sends the length.
 */
export const HEX_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: ({ text, payload: counted }) => {
    const head = counted === undefined ? splitMessage(text, RECEIVED) : undefined;
    const payload = head === undefined ? undefined : parseHex(head.rest);
    if (head === undefined || payload === undefined) return undefined;
    return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
  },
  format: (message) => {
    const hex = message.payload.toString('hex').toUpperCase();
    return { text: `${formatHead(message, RECEIVED)}${message.payload.length},${hex}` };
  },
};

function parseHex(rest: string): Buffer | undefined {
  const counted = leadingLength(rest);
  const hex = withoutQuotes(rest.slice(counted?.width ?? 0));
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(hex)) return undefined;
  const payload = Buffer.from(hex, 'hex');
  return counted === undefined || lengthAgrees(counted.length, payload) ? payload : undefined;
}

/** `<len>` of a hex payload: bytes of the payload, not hex characters: dialect section 6 [A]. */
function lengthAgrees(length: number, payload: Buffer): boolean {
  return length === payload.length;
}
