import { informationText } from '../parameters.js';
import type { Urc } from '../urc.js';

/**
 * `+CPIN: <state>`, e.g. `READY`: the SIM came or wants something. lmqtt.md 7. The answer to `AT+CPIN?` has the
 * same shape: while that command is pending, the line is its answer.
 */
export const SIM_STATE_CHANGED: Urc<string> = {
  name: '+CPIN',
  parse: ({ text }) => informationText(text, '+CPIN') || undefined,
  format: (event) => ({ text: `+CPIN: ${event}` }),
};
