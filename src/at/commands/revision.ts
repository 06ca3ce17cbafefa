import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareText } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+CGMR`: the revision of the firmware, bare text. TS 27.007 5.3. */
export const REVISION: OneStageCommand<Nothing, string> = {
  name: '+CGMR',
  form: 'action',
  request: fixedRequest('AT+CGMR'),
  response: bareText('+CGMR'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMR`: the revision of the firmware by the name of V.250 6.1.6. */
export const GENERIC_REVISION: OneStageCommand<Nothing, string> = {
  ...REVISION,
  name: '+GMR',
  request: fixedRequest('AT+GMR'),
  response: bareText('+GMR'),
};
