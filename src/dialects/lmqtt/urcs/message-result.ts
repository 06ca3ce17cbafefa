import type { FieldList } from '../field-list.js';
import { CONNECTION, MESSAGE_ID, optional, RESULT } from '../fields.js';

/** `<tcpconnectID>,<msgID>,<result>[,<extend>]`. */
export interface MessageResult {
  readonly id: number;
  readonly messageId: number;
  readonly result: number;
  readonly extend?: number;
}

export const MESSAGE_RESULT: FieldList<MessageResult> = {
  id: CONNECTION,
  messageId: MESSAGE_ID,
  result: RESULT,
  extend: optional(RESULT),
};

/** Whether the result answers the request: same connection, same `<msgID>`. */
export function sameMessage(
  args: { readonly id: number; readonly messageId: number },
  value: MessageResult,
): boolean {
  return args.id === value.id && args.messageId === value.messageId;
}
