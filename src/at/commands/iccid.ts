import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { iccidOf } from '../iccid.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `AT+LCCID` → `+LCCID: <ICCID>`, as `iccidOf` reads it; quotes are tolerated. lmqtt.md 7 [C]. */
export const ICCID: OneStageCommand<Nothing, string> = {
  name: '+LCCID',
  form: 'action',
  request: fixedRequest('AT+LCCID'),
  response: oneLine<string>('+LCCID', {
    parse: ([iccid, ...rest]) => (rest.length === 0 && iccid !== undefined ? iccidOf(iccid.text) : undefined),
    format: (iccid) => iccid,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
