import type { OneStageCommand } from '../../../at/command.js';
import type { Line } from '../../../at/line.js';
import { CONNECTION, MESSAGE_ID } from '../fields.js';
import { READ_LIMITS } from '../limits.js';
import { setRequest } from '../set-request.js';
import type { Announcement } from '../urcs/announcement.js';
import { formatCounted, parseCounted } from '../urcs/counted-message.js';
import { countedHeader, leadingLength, type Message, splitMessage } from '../urcs/message.js';

const PREFIX = { name: '+LMQTTREAD', tag: '' };

/**
 * `AT+LMQTTREAD=<id>,<msgID>` → `+LMQTTREAD: <id>,<msgID>,"<topic>",<len>,<payload>` + `OK`: lmqtt.md 6 [A].
 * Fetches a message that `ANNOUNCED_MESSAGE` has announced.
 */
export const READ: OneStageCommand<Announcement, Message> = {
  name: '+LMQTTREAD',
  form: 'set',
  request: setRequest<Announcement>('+LMQTTREAD', { id: CONNECTION, messageId: MESSAGE_ID }),
  limits: READ_LIMITS,
  abortable: false,
  response: {
    format: (message) => [formatCounted(message, PREFIX)],
    parse: (lines) => (lines.length === 1 ? parseCounted(lines[0] as Line, PREFIX) : undefined),
    owns: (text) => isHeader(splitMessage(text, PREFIX)?.rest),
    counted: countedHeader(PREFIX),
  },
};

/** Whether nothing but the length stands behind the topic. */
function isHeader(rest: string | undefined): boolean {
  return rest !== undefined && leadingLength(rest)?.width === rest.length;
}
