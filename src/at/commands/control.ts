import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { informationText, integersOf, setParameters } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS } from './limits.js';
import { rangeOf } from './test-form.js';

const MODES = [0, 1, 2] as const;

interface ErrorReportingMode {
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
    parse: (line) => reportingModeOf(integersOf(setParameters(line, '+CMEE'))),
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
    parse: (parameters) => reportingModeOf(integersOf(parameters)),
    format: ({ mode }) => String(mode),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function reportingModeOf(numbers: readonly number[] | undefined): ErrorReportingMode | undefined {
  const mode = MODES.find((known) => known === numbers?.[0]);
  return mode === undefined || numbers?.length !== 1 ? undefined : { mode };
}

const LEVELS = [0, 1, 4] as const;

export interface Functionality {
  /** 0: minimum, radio off; 1: full; 4: transmitter and receiver off, SIM on. */
  readonly level: (typeof LEVELS)[number];
  /** Whether the module restarts first. */
  readonly reset?: boolean;
}

/**
 * `AT+CFUN=<level>[,1]`: TS 27.007 8.2. Field code (lmqtt.md 7 [C]) uses `0` and `1` for the radio and `0,1` as a
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

/**
 * `AT+CPIN?` → `+CPIN: READY`, `+CPIN: SIM PIN`, …: what the SIM wants, the text as it came. Without a SIM
 * `+CME ERROR: 10`. TS 27.007 8.3.
 */
export const SIM_STATE: OneStageCommand<Nothing, string> = {
  name: '+CPIN',
  form: 'read',
  request: fixedRequest('AT+CPIN?'),
  response: oneLine<string>('+CPIN', {
    parse: ([state, ...rest]) => (rest.length === 0 ? state?.text : undefined),
    format: (state) => state,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `+CSQ`, `AT+CSQ` or `&F`: a line is a command with its prefix or without. */
const NAME = /^(?:AT)?([&+^#$%*]?[A-Z][A-Z0-9_]*)$/i;

/**
 * `AT+CLAC`: the commands of the module, e.g. `AT+CSQ`, a line each. TS 27.007 8.37. Some firmware has several in a line,
 * with `+CLAC: ` before them.
 */
export const COMMAND_LIST: OneStageCommand<Nothing, readonly string[]> = {
  name: '+CLAC',
  form: 'action',
  request: fixedRequest('AT+CLAC'),
  response: {
    bare: true,
    format: (names) => names.map((name) => ({ text: `AT${name}` })),
    parse: (lines) => lines.flatMap(({ text }) => listed(text).flatMap((word) => NAME.exec(word)?.[1] ?? [])),
    owns: (text) => listed(text).every((word) => NAME.test(word)),
  },
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function listed(text: string): string[] {
  return (informationText(text, '+CLAC') ?? text).split(',').map((word) => word.trim());
}
