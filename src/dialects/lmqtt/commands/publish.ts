import type { DataMode, TwoStageCommand } from '../../../at/command.js';
import { MAX_PAYLOAD, PUBLISH_LIMITS } from '../limits.js';
import { MESSAGE_RESULT, type MessageResult, sameMessage } from '../urcs/message-result.js';
import { resultUrc } from '../urcs/result-urc.js';
import { formatPublish, type PublishRequest, parsePublish } from './publish-line.js';

const DATA: DataMode<PublishRequest> = {
  largest: MAX_PAYLOAD,
  // Not documented, but worth a try [A]: on a module that takes any byte for payload [C] it is one of those missing.
  escape: true,
  payload: (args) => (args.form === 'data' ? args.payload : undefined),
  length: (args) => (args.form === 'data' ? (args.length ?? args.payload.length) : undefined),
  attach: ({ length: _, ...args }, payload) => ({ ...args, payload }),
};

/**
 * `AT+LMQTTPUB=<id>,<msgID>,<qos>,<retain>,"topic",<len>[,"payload"]`: lmqtt.md 5 [M]. Without a payload the
 * module prompts and takes exactly `<len>` raw bytes [M], any byte value [C]; the way out of a prompt is not documented
 * [A]. The result, within 30 s, is sent, and acknowledged if QoS > 0 [M]; whether a 1 can be followed by a 0 is
 * unknown [A].
 */
export const PUBLISH: TwoStageCommand<PublishRequest, MessageResult> = {
  name: '+LMQTTPUB',
  form: 'set',
  request: { format: formatPublish, parse: parsePublish },
  limits: PUBLISH_LIMITS,
  abortable: false,
  data: DATA,
  result: { urc: resultUrc('+LMQTTPUB', MESSAGE_RESULT), matches: sameMessage },
};
