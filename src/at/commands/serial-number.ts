import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareDigits } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/**
 * `AT+CGSN`: a bare number, 15 digits. TS 27.007 5.4 lets it be any serial number; on these modules it is the IMEI:
 * dialect section 7 [C].
 */
export const SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  name: '+CGSN',
  form: 'action',
  request: fixedRequest('AT+CGSN'),
  response: bareDigits('+CGSN', 15, 15),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
