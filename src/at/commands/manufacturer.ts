import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareText } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+CGMI`: who made the module, bare text. TS 27.007 5.1. */
export const MANUFACTURER: OneStageCommand<Nothing, string> = {
  name: '+CGMI',
  form: 'action',
  request: fixedRequest('AT+CGMI'),
  response: bareText('+CGMI'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMI`: who made the module by the name of V.250 6.1.4. */
export const GENERIC_MANUFACTURER: OneStageCommand<Nothing, string> = {
  ...MANUFACTURER,
  name: '+GMI',
  request: fixedRequest('AT+GMI'),
  response: bareText('+GMI'),
};
