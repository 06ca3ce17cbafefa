import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS } from './limits.js';
import { setParameters } from './set-request.js';
import { rangeOf } from './test-form.js';

const LEVELS = [0, 1, 4] as const;

export interface Functionality {
  /** 0: minimum, radio off; 1: full; 4: transmitter and receiver off, SIM on. */
  readonly level: (typeof LEVELS)[number];
  /** Whether the module restarts first. */
  readonly reset?: boolean;
}

/**
 * `AT+CFUN=<level>[,1]`: TS 27.007 8.2. The dialect (section 7 [C]) knows `0` and `1` for the radio and `0,1` as a
 * soft reset.
 */
export const SET_FUNCTIONALITY: OneStageCommand<Functionality, Nothing> = {
  name: '+CFUN',
  form: 'set',
  ranges: `${rangeOf(...LEVELS)},(0,1)`,
  request: {
    format: ({ level, reset = false }) =>
      `AT+CFUN=${checkOneOf('level', level, LEVELS)}${checkOneOf('reset', reset, [true, false]) ? ',1' : ''}`,
    parse: (line) => {
      const [number, reset = 0, ...rest] = integersOf(setParameters(line, '+CFUN')) ?? [];
      const level = LEVELS.find((known) => known === number);
      if (level === undefined || reset < 0 || reset > 1 || rest.length > 0) return undefined;
      return reset === 1 ? { level, reset: true } : { level };
    },
  },
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};

/** `AT+CFUN?` → `+CFUN: <level>`. TS 27.007 8.2; levels beyond the three are the manufacturer's. */
export const FUNCTIONALITY: OneStageCommand<Nothing, { readonly level: number }> = {
  name: '+CFUN',
  form: 'read',
  request: fixedRequest('AT+CFUN?'),
  response: oneLine<{ readonly level: number }>('+CFUN', {
    // Some modules tell the power class or `<rst>` behind it.
    parse: (parameters) => {
      const [level] = integersOf(parameters) ?? [];
      return level === undefined ? undefined : { level };
    },
    format: ({ level }) => String(level),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
