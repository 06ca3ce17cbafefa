import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import {
  hexadecimalOf,
  integerOf,
  integersOf,
  type Parameter,
  setParameters,
  toHexadecimal,
} from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';
import { rangeOf } from './test-form.js';

/** `<stat>[,"<tac>","<ci>",<AcT>]`: what the read response and the URC of `+CEREG` share. TS 27.007 10.1.22. */
export interface RegistrationLocation {
  /** 0 not registered, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 8 emergency services only. */
  readonly stat: number;
  /** Tracking area code: 16 bits, hexadecimal on the wire. */
  readonly tac?: number;
  /** E-UTRAN cell identifier: 28 bits, hexadecimal on the wire. */
  readonly cell?: number;
  /** Access technology: 7 E-UTRAN, 9 E-UTRAN NB-S1. */
  readonly act?: number;
}

/** Whether the parameter is one bare digit or two, as `<n>` and `<stat>` are; a `<tac>` has four and is quoted. */
export function isDigit(parameter: Parameter): parameter is { quoted: false; text: string } {
  return parameter !== undefined && !parameter.quoted && /^\d{1,2}$/.test(parameter.text);
}

/** Reads the fields from `<stat>` on; what stands behind `<AcT>` (causes, timers) is left out. */
export function parseLocation(parameters: readonly Parameter[]): RegistrationLocation | undefined {
  const [stat, tac, cell, act] = parameters;
  if (!isDigit(stat)) return undefined;
  return {
    stat: Number(stat.text),
    ...optional('tac', hexadecimalOf(tac)),
    ...optional('cell', hexadecimalOf(cell)),
    ...optional('act', integerOf(act)),
  };
}

export function formatLocation({ stat, tac, cell, act }: RegistrationLocation): string {
  const fields = [String(stat), quotedHex(tac, 4), quotedHex(cell, 8), act === undefined ? '' : String(act)];
  return fields.join(',').replace(/,+$/, '');
}

function quotedHex(value: number | undefined, digits: number): string {
  return value === undefined ? '' : `"${toHexadecimal(value, digits)}"`;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** The read response of `+CEREG`. */
interface RegistrationReading extends RegistrationLocation {
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

interface RegistrationReporting {
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

interface Attachment {
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
