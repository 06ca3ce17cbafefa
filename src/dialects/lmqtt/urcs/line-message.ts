import type { Urc } from '../../../at/urc.js';
import { formatHead, type Message, RECEIVED, splitMessage } from './message.js';
import { withoutQuotes } from './quotes.js';

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<payload>`: the payload is raw to the end of the line [T]; a pair of quotes
 * around the whole of it is stripped [C]: lmqtt.md 6. A payload with CR LF cannot be framed.
 */
export const LINE_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: ({ text, payload: counted }) => {
    const head = counted === undefined ? splitMessage(text, RECEIVED) : undefined;
    if (head === undefined) return undefined;
    const payload = Buffer.from(withoutQuotes(head.rest), 'latin1');
    return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
  },
  format: (message) => ({
    text: `${formatHead(message, RECEIVED)}${message.payload.toString('latin1')}`,
  }),
};
