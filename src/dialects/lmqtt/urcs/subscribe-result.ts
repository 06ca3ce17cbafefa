import type { Urc } from '../../../at/urc.js';
import { MESSAGE_RESULT, type MessageResult } from './message-result.js';
import { resultUrc } from './result-urc.js';

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
