import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareDigits } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/**
 * `AT+CGSN`: a bare number, 15 digits. TS 27.007 5.4 lets it be any serial number; on these modules it is the IMEI:
 * lmqtt.md 7 [C].
 */
export const SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  name: '+CGSN',
  form: 'action',
  request: fixedRequest('AT+CGSN'),
  response: bareDigits('+CGSN', 15, 15),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+CGSN=0`: the same, asked for by its number. TS 27.007 5.4. */
export const NUMBERED_SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  ...SERIAL_NUMBER,
  form: 'set',
  // 1 is the IMEI.
  ranges: '(0,1)',
  request: fixedRequest('AT+CGSN=0'),
};

/** `AT+GSN`: the same by the name of V.250 6.1.7. */
export const GENERIC_SERIAL_NUMBER: OneStageCommand<Nothing, string> = {
  ...SERIAL_NUMBER,
  name: '+GSN',
  request: fixedRequest('AT+GSN'),
  response: bareDigits('+GSN', 15, 15),
};
