import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { bareText, oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The number of a basic command. */
export interface BasicValue<N extends number> {
  readonly value: N;
}

/** A basic command that sets something: V.250 5.3.1, where a left-out number means 0. */
function basic<N extends number>(
  name: string,
  values: readonly N[],
): OneStageCommand<BasicValue<N>, Nothing> {
  return {
    name,
    form: 'action',
    request: {
      format: ({ value }) => `AT${name}${value}`,
      parse: (line) => {
        const [, digits] = new RegExp(`^AT${name} ?(\\d{0,3})$`, 'i').exec(line) ?? [];
        const value = values.find((known) => digits !== undefined && known === Number(digits));
        return value === undefined ? undefined : { value };
      },
    },
    response: NO_INFORMATION,
    limits: DEFAULT_LIMITS,
    abortable: false,
  };
}

/** `ATZ`: to the settings of power-on. V.250 6.1.1. */
export const RESET = basic('Z', [0]);
/** `AT&F`: to the settings of the factory. V.250 6.1.2. */
export const FACTORY_SETTINGS = basic('&F', [0]);
/** `ATQ0`: result codes are sent. V.250 6.2.5. */
export const RESULT_CODES = basic('Q', [0]);
/** `ATV1`: result codes are words. V.250 6.2.6. */
export const VERBOSE_RESULTS = basic('V', [1]);
/** `ATX<n>`: which words tell of a call. V.250 6.2.7. */
export const CALL_RESULTS = basic('X', [0, 1, 2, 3, 4]);
/** `AT&C<n>`: what circuit 109 (DCD) follows. V.250 6.2.8. */
export const CARRIER_DETECT = basic('&C', [0, 1]);
/** `AT&D<n>`: what circuit 108/2 (DTR) does. V.250 6.2.9. */
export const TERMINAL_READY = basic('&D', [0, 1, 2]);
/** `ATH`: ends a call. V.250 6.3.6. */
export const HANG_UP = basic('H', [0]);

/** `ATI`: who the module is, in words of the manufacturer. V.250 6.1.3. */
export const IDENTIFICATION: OneStageCommand<Nothing, string> = {
  name: 'I',
  form: 'action',
  request: { format: () => 'ATI', parse: (line) => (/^ATI ?0?$/i.test(line) ? null : undefined) },
  response: bareText('I'),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+GCAP` → `+GCAP: +CGSM`: which standards the module follows, `+CGSM` for TS 27.007. V.250 6.1.9. */
export const CAPABILITIES: OneStageCommand<Nothing, readonly string[]> = {
  name: '+GCAP',
  form: 'action',
  request: fixedRequest('AT+GCAP'),
  response: oneLine<readonly string[]>('+GCAP', {
    parse: (names) => names.flatMap((name) => name?.text ?? []),
    format: (names) => names.join(','),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** Rings after which a call is answered, 0: never. */
export interface AutoAnswer {
  readonly rings: number;
}

/** `ATS0=<n>`: after how many rings a call is answered, 0 to 255, 0: never. V.250 6.3.8. */
export const SET_AUTO_ANSWER: OneStageCommand<AutoAnswer, Nothing> = {
  name: 'S',
  form: 'set',
  request: {
    format: ({ rings }) => `ATS0=${rings}`,
    parse: (line) => {
      const [, digits] = /^ATS0 ?= ?(\d{0,3})$/i.exec(line) ?? [];
      return digits === undefined || Number(digits) > 255 ? undefined : { rings: Number(digits) };
    },
  },
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `ATS0?`: three digits without a prefix. V.250 5.3.2 and 6.3.8. */
export const AUTO_ANSWER: OneStageCommand<Nothing, AutoAnswer> = {
  name: 'S',
  form: 'read',
  request: fixedRequest('ATS0?'),
  response: {
    bare: true,
    format: ({ rings }) => [{ text: String(rings).padStart(3, '0') }],
    parse: (lines) => {
      const text = lines.map((line) => line.text).find((one) => /^\d{1,3}$/.test(one));
      return text === undefined ? undefined : { rings: Number(text) };
    },
    owns: (text) => /^\d{3}$/.test(text),
  },
  limits: DEFAULT_LIMITS,
  abortable: false,
};
