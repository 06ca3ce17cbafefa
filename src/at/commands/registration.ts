import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf, type Parameter } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';
import { formatLocation, isDigit, parseLocation, type RegistrationLocation } from './registration-fields.js';
import { setParameters } from './set-request.js';
import { rangeOf } from './test-form.js';

/** The read response of `+CEREG`. */
export interface RegistrationReading extends RegistrationLocation {
  /** Which URCs are enabled: 0 none, 1 status, 2 status and location. */
  readonly n: number;
}

/**
 * `AT+CEREG?` → `+CEREG: <n>,<stat>[,"<tac>","<ci>",<AcT>]`. TS 27.007 10.1.22. The URC of the
 * same name has no `<n>`: its second field is quoted or absent.
 */
export const REGISTRATION = reading('+CEREG');

/** `AT+CREG?`, the same for the circuit-switched domain. TS 27.007 7.2. */
export const CIRCUIT_REGISTRATION = reading('+CREG');

const MODES = [0, 1, 2] as const;

export interface RegistrationReporting {
  /** 0: no URC; 1: `+CEREG: <stat>`; 2: with location. */
  readonly n: (typeof MODES)[number];
}

/** `AT+CEREG=<n>`: which URCs tell of the registration. TS 27.007 10.1.22. */
export const SET_REGISTRATION_REPORTING = reporting('+CEREG');

/** `AT+CREG=<n>`, the same for the circuit-switched domain. TS 27.007 7.2. */
export const SET_CIRCUIT_REGISTRATION_REPORTING = reporting('+CREG');

function reading(name: string): OneStageCommand<Nothing, RegistrationReading> {
  return {
    name,
    form: 'read',
    request: fixedRequest(`AT${name}?`),
    response: oneLine<RegistrationReading>(name, {
      parse: parseReading,
      format: (value) => `${value.n},${formatLocation(value)}`,
    }),
    limits: DEFAULT_LIMITS,
    abortable: false,
  };
}

function reporting(name: string): OneStageCommand<RegistrationReporting, Nothing> {
  return {
    name,
    form: 'set',
    ranges: rangeOf(...MODES),
    request: {
      format: ({ n }) => `AT${name}=${checkOneOf('n', n, MODES)}`,
      parse: (line) => {
        const [number, ...rest] = integersOf(setParameters(line, name)) ?? [];
        const n = MODES.find((known) => known === number);
        return n === undefined || rest.length > 0 ? undefined : { n };
      },
    },
    response: NO_INFORMATION,
    limits: DEFAULT_LIMITS,
    abortable: false,
  };
}

function parseReading([n, ...rest]: readonly Parameter[]): RegistrationReading | undefined {
  if (!isDigit(n) || !isDigit(rest[0])) return undefined;
  const location = parseLocation(rest);
  return location === undefined ? undefined : { n: Number(n.text), ...location };
}
