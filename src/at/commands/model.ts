import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { bareText } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+CGMM`: the model, bare text. TS 27.007 5.2. */
export const MODEL: OneStageCommand<Nothing, string> = {
  name: '+CGMM',
  form: 'action',
  request: fixedRequest('AT+CGMM'),
  response: bareText('+CGMM'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GMM`: the model by the name of V.250 6.1.5. */
export const GENERIC_MODEL: OneStageCommand<Nothing, string> = {
  ...MODEL,
  name: '+GMM',
  request: fixedRequest('AT+GMM'),
  response: bareText('+GMM'),
};
