import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';
import { setParameters } from './set-request.js';
import { rangeOf } from './test-form.js';

const MODES = [0, 1, 2] as const;

export interface ErrorReportingMode {
  /** 0: plain `ERROR`; 1: `+CME ERROR: <number>`; 2: `+CME ERROR: <text>`. */
  readonly mode: (typeof MODES)[number];
}

/** `AT+CMEE=<mode>`: how failures are told. TS 27.007 9.1. */
export const SET_ERROR_REPORTING: OneStageCommand<ErrorReportingMode, Nothing> = {
  name: '+CMEE',
  form: 'set',
  ranges: rangeOf(...MODES),
  request: {
    format: ({ mode }) => `AT+CMEE=${checkOneOf('mode', mode, MODES)}`,
    parse: (line) => toMode(integersOf(setParameters(line, '+CMEE'))),
  },
  response: NO_INFORMATION,
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+CMEE?` → `+CMEE: <mode>`. TS 27.007 9.1. */
export const ERROR_REPORTING: OneStageCommand<Nothing, ErrorReportingMode> = {
  name: '+CMEE',
  form: 'read',
  request: fixedRequest('AT+CMEE?'),
  response: oneLine<ErrorReportingMode>('+CMEE', {
    parse: (parameters) => toMode(integersOf(parameters)),
    format: ({ mode }) => String(mode),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function toMode(numbers: readonly number[] | undefined): ErrorReportingMode | undefined {
  const mode = MODES.find((known) => known === numbers?.[0]);
  return mode === undefined || numbers?.length !== 1 ? undefined : { mode };
}
