import { informationText, splitParameters } from '../../at/parameters.js';
import type { Urc } from '../../at/urc.js';
import {
  CONNECTION,
  type FieldList,
  formatFields,
  MESSAGE_ID,
  optional,
  parseFields,
  RESULT,
} from './fields.js';

/** What stands before the fields: the tag tells several URCs of one name apart, e.g. `RECV,`. */
export interface UrcPrefix {
  readonly name: string;
  readonly tag: string;
}

/** A URC without a payload: `<name>: <tag><fields>`. */
export function taggedUrc<V extends object>({ name, tag }: UrcPrefix, fields: FieldList<V>): Urc<V> {
  return {
    name,
    parse: ({ text, payload }) => {
      const information = payload === undefined ? informationText(text, name) : undefined;
      if (!information?.startsWith(tag)) return undefined;
      return parseFields(fields, splitParameters(information.slice(tag.length)));
    },
    format: (value) => ({ text: `${name}: ${tag}${formatFields(fields, value)}` }),
  };
}

/** A result URC: `<name>: <fields>`. */
export function resultUrc<V extends object>(name: string, fields: FieldList<V>): Urc<V> {
  return taggedUrc({ name, tag: '' }, fields);
}

/** `<tcpconnectID>,<result>[,<extend>]`. */
export interface ConnectionResult {
  readonly id: number;
  readonly result: number;
  readonly extend?: number;
}

export const CONNECTION_RESULT: FieldList<ConnectionResult> = {
  id: CONNECTION,
  result: RESULT,
  extend: optional(RESULT),
};

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

export const SUBSCRIBE_RESULT = '+LMQTTSUBUNSUB';

/** The manual's example of an unsubscribe result; both spellings occur: lmqtt.md 4 [M]. */
export const MISSPELT_UNSUBSCRIBE_RESULT = '+LMQTTUNSUNSUB';

export type SubscribeResultName = typeof SUBSCRIBE_RESULT | typeof MISSPELT_UNSUBSCRIBE_RESULT;

export interface SubscribeResult extends MessageResult {
  /** How the module spelt the name; absent for `+LMQTTSUBUNSUB`. */
  readonly name?: SubscribeResultName;
}

const REGULAR = resultUrc(SUBSCRIBE_RESULT, MESSAGE_RESULT);
const MISSPELT = resultUrc(MISSPELT_UNSUBSCRIBE_RESULT, MESSAGE_RESULT);

/** `+LMQTTSUBUNSUB: <id>,<msgID>,<result>[,<extend>]` [M], seen [T]; `+LMQTTUNSUNSUB:` means the same [M]. */
export const SUBSCRIBE_RESULT_URC: Urc<SubscribeResult> = {
  // What both spellings start with.
  name: '+LMQTT',
  parse: (line) => {
    const regular = REGULAR.parse(line);
    if (regular !== undefined) return regular;
    const misspelt = MISSPELT.parse(line);
    return misspelt && { ...misspelt, name: MISSPELT_UNSUBSCRIBE_RESULT };
  },
  format: (value) => (value.name === MISSPELT_UNSUBSCRIBE_RESULT ? MISSPELT : REGULAR).format(value),
};
