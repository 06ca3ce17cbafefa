import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/**
 * `AT+CPIN?` → `+CPIN: READY`, `+CPIN: SIM PIN`, …: what the SIM wants, the text as it came. Without a SIM
 * `+CME ERROR: 10`. TS 27.007 8.3.
 */
export const SIM_STATE: OneStageCommand<Nothing, string> = {
  name: '+CPIN',
  form: 'read',
  request: fixedRequest('AT+CPIN?'),
  response: oneLine<string>('+CPIN', {
    parse: ([state, ...rest]) => (rest.length === 0 ? state?.text : undefined),
    format: (state) => state,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
