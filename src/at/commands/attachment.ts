import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

export interface Attachment {
  readonly attached: boolean;
}

/** `AT+CGATT?` → `+CGATT: 1`: attached to the packet domain. TS 27.007 10.1.9. */
export const ATTACHMENT: OneStageCommand<Nothing, Attachment> = {
  name: '+CGATT',
  form: 'read',
  ranges: '(0,1)',
  request: fixedRequest('AT+CGATT?'),
  response: oneLine<Attachment>('+CGATT', {
    parse: (parameters) => {
      const [state, ...rest] = integersOf(parameters) ?? [];
      return rest.length === 0 && (state === 0 || state === 1) ? { attached: state === 1 } : undefined;
    },
    format: ({ attached }) => (attached ? '1' : '0'),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
