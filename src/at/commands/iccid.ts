import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/**
 * `AT+LCCID` → `+LCCID: <ICCID>`: 19 or 20 digits; the last ones can be hexadecimal (operators of China use A to F),
 * quotes are tolerated. Dialect section 7 [C].
 */
export const ICCID: OneStageCommand<Nothing, string> = {
  name: '+LCCID',
  form: 'action',
  request: fixedRequest('AT+LCCID'),
  response: oneLine<string>('+LCCID', {
    parse: ([iccid, ...rest]) =>
      rest.length === 0 && iccid !== undefined && /^\d{10}[\dA-F]{9,10}$/i.test(iccid.text)
        ? iccid.text
        : undefined,
    format: (iccid) => iccid,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
