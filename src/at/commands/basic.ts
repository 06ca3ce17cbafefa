import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf, setParameters } from '../parameters.js';
import { bareText, oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';
import { rangeOf } from './test-form.js';

/** `AT`: does nothing, but is answered. V.250 5.2.1. */
export const ATTENTION: OneStageCommand<Nothing, Nothing> = {
  name: 'AT',
  form: 'action',
  request: fixedRequest('AT'),
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** Whether the TA repeats what it receives. */
interface EchoArgs {
  readonly enabled: boolean;
}

/** `ATE0`, `ATE1`: command echo. V.250 6.2.4, a left-out number means 0 (5.3.1). */
export const ECHO: OneStageCommand<EchoArgs, Nothing> = {
  name: 'E',
  form: 'action',
  request: {
    format: ({ enabled }) => (checkOneOf('enabled', enabled, [true, false]) ? 'ATE1' : 'ATE0'),
    parse: (line) => {
      const match = /^ATE([01]?)$/i.exec(line);
      return match === null ? undefined : { enabled: match[1] === '1' };
    },
  },
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** The number of a basic command. */
interface BasicValue<N extends number> {
  readonly value: N;
}

/** A basic command that sets something: V.250 5.3.1, where a left-out number means 0. */
function basicCommand<N extends number>(
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
export const RESET = basicCommand('Z', [0]);
/** `AT&F`: to the settings of the factory. V.250 6.1.2. */
export const FACTORY_SETTINGS = basicCommand('&F', [0]);
/** `ATQ0`: result codes are sent. V.250 6.2.5. */
export const RESULT_CODES = basicCommand('Q', [0]);
/** `ATV1`: result codes are words. V.250 6.2.6. */
export const VERBOSE_RESULTS = basicCommand('V', [1]);
/** `ATX<n>`: which words tell of a call. V.250 6.2.7. */
export const CALL_RESULTS = basicCommand('X', [0, 1, 2, 3, 4]);
/** `AT&C<n>`: what circuit 109 (DCD) follows. V.250 6.2.8. */
export const CARRIER_DETECT = basicCommand('&C', [0, 1]);
/** `AT&D<n>`: what circuit 108/2 (DTR) does. V.250 6.2.9. */
export const TERMINAL_READY = basicCommand('&D', [0, 1, 2]);
/** `ATH`: ends a call. V.250 6.3.6. */
export const HANG_UP = basicCommand('H', [0]);

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
interface AutoAnswer {
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

/** Rates in bit/s that V.250 6.2.10 names and its successors in use; 0 is automatic detection. */
const BAUD_RATES = [
  0, 300, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
] as const;

interface BaudRateArgs {
  readonly baudRate: (typeof BAUD_RATES)[number];
}

/** `AT+IPR=<rate>`: the `OK` still comes at the old rate. V.250 6.2.10. */
export const SET_BAUD_RATE: OneStageCommand<BaudRateArgs, Nothing> = {
  name: '+IPR',
  form: 'set',
  // Rates that are found out, of which nothing is known [A], and rates that are set.
  ranges: `(),${rangeOf(...BAUD_RATES)}`,
  request: {
    format: ({ baudRate }) => `AT+IPR=${checkOneOf('baudRate', baudRate, BAUD_RATES)}`,
    parse: (line) => {
      const [number, ...rest] = integersOf(setParameters(line, '+IPR')) ?? [];
      const baudRate = BAUD_RATES.find((known) => known === number);
      return baudRate === undefined || rest.length > 0 ? undefined : { baudRate };
    },
  },
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};
