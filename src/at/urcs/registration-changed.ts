import {
  formatLocation,
  isDigit,
  parseLocation,
  type RegistrationLocation,
} from '../commands/registration-fields.js';
import { informationParameters } from '../parameters.js';
import type { Urc } from '../urc.js';

/**
 * `+CEREG: <stat>[,"<tac>","<ci>",<AcT>]`: the registration changed. TS 27.007 10.1.22; dialect section 7. The read
 * response of the same name begins with two bare digits, `<n>,<stat>`: that shape is refused.
 */
export const REGISTRATION_CHANGED: Urc<RegistrationLocation> = {
  name: '+CEREG',
  parse: ({ text }) => {
    const parameters = informationParameters(text, '+CEREG');
    return parameters === undefined || isDigit(parameters[1]) ? undefined : parseLocation(parameters);
  },
  format: (location) => ({ text: `+CEREG: ${formatLocation(location)}` }),
};
