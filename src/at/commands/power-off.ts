import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { RADIO_LIMITS } from './limits.js';

/** `AT+MPOF=1`: switches the module off; `NORMAL POWER DOWN` follows. lmqtt.md 7 [C]. */
export const POWER_OFF: OneStageCommand<Nothing, Nothing> = {
  name: '+MPOF',
  form: 'set',
  request: fixedRequest('AT+MPOF=1'),
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};
