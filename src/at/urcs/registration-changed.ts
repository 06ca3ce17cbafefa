import {
  formatLocation,
  isDigit,
  parseLocation,
  type RegistrationLocation,
} from '../commands/registration-fields.js';
import { informationParameters } from '../parameters.js';
import type { Urc } from '../urc.js';

/**
 * `+CEREG: <stat>[,"<tac>","<ci>",<AcT>]`: the registration changed. TS 27.007 10.1.22. The read
 * response of the same name begins with two bare digits, `<n>,<stat>`: that shape is refused.
 */
export const REGISTRATION_CHANGED = changed('+CEREG');

/** `+CREG: …`, the same for the circuit-switched domain. TS 27.007 7.2. */
export const CIRCUIT_REGISTRATION_CHANGED = changed('+CREG');

function changed(name: string): Urc<RegistrationLocation> {
  return {
    name,
    parse: ({ text }) => {
      const parameters = informationParameters(text, name);
      return parameters === undefined || isDigit(parameters[1]) ? undefined : parseLocation(parameters);
    },
    format: (location) => ({ text: `${name}: ${formatLocation(location)}` }),
  };
}
