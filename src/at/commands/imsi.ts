import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareDigits } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+CIMI`: the IMSI as bare digits, at most 15 (TS 23.003 2.2). TS 27.007 5.6. */
export const IMSI: OneStageCommand<Nothing, string> = {
  name: '+CIMI',
  form: 'action',
  request: fixedRequest('AT+CIMI'),
  response: bareDigits('+CIMI', 6, 15),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
