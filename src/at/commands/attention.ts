import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT`: does nothing, but is answered. V.250 5.2.1. */
export const ATTENTION: OneStageCommand<Nothing, Nothing> = {
  name: 'AT',
  form: 'action',
  request: fixedRequest('AT'),
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};
