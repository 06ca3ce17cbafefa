import type { Line } from '../../../at/line.js';
import type { Urc } from '../../../at/urc.js';
import { formatHead, leadingLength, type Message, RECEIVED, splitMessage } from './message.js';
import { withoutQuotes } from './quotes.js';

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<len>,<hex>`: `recv/mode` 1 or 2 with the length: lmqtt.md 2, 6 [M].
 * One without is understood as well: hex holds no comma.
 */
export const HEX_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse,
  format: (message) => ({
    text: `${formatHead(message, RECEIVED)}${message.payload.length},${hexOf(message)}`,
  }),
};

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<hex>`: `recv/mode` 1 or 2 without the length: lmqtt.md 2, 6 [M]. The
 * line is the frame: bytes that it loses in pairs are not missed. One with the length is understood as well.
 */
export const BARE_HEX_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse,
  format: (message) => ({ text: `${formatHead(message, RECEIVED)}${hexOf(message)}` }),
};

function parse({ text, payload: counted }: Line): Message | undefined {
  const head = counted === undefined ? splitMessage(text, RECEIVED) : undefined;
  const payload = head === undefined ? undefined : parseHex(head.rest);
  if (head === undefined || payload === undefined) return undefined;
  return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
}

function hexOf({ payload }: Message): string {
  return payload.toString('hex').toUpperCase();
}

function parseHex(rest: string): Buffer | undefined {
  const counted = leadingLength(rest);
  const hex = withoutQuotes(rest.slice(counted?.width ?? 0));
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(hex)) return undefined;
  const payload = Buffer.from(hex, 'hex');
  return counted === undefined || lengthAgrees(counted.length, payload) ? payload : undefined;
}

/** `<len>` of a hex payload: bytes of the payload, not hex characters: lmqtt.md 6 [A]. */
function lengthAgrees(length: number, payload: Buffer): boolean {
  return length === payload.length;
}
