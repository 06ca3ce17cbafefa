import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareText } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+LGMR`: the full name of the firmware, bare text, e.g. `NT26KCNA00NNA-L…`. lmqtt.md 7 [C]. */
export const FIRMWARE: OneStageCommand<Nothing, string> = {
  name: '+LGMR',
  form: 'action',
  request: fixedRequest('AT+LGMR'),
  response: bareText('+LGMR'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
