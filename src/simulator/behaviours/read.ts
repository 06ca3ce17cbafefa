import { READ } from '../../dialects/lmqtt/message-commands.js';
import type { Message } from '../../dialects/lmqtt/messages.js';
import { answering } from './behaviour.js';
import { foreignConnection, NOT_FOUND } from './refusals.js';

/** `LMQTTREAD`: lmqtt.md 6 [A]; what does not wait is answered with `+CME ERROR: 22` [A]. */
export const read = answering(READ, {
  refuse: ({ downlinks }, { id, messageId }) =>
    foreignConnection(id) ?? (downlinks.has(messageId) ? undefined : NOT_FOUND),
  // What does not wait has been refused.
  answer: ({ downlinks }, { messageId }) => downlinks.take(messageId) as Message,
});
