import { checkOneOf } from '../checks.js';
import { NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { DEFAULT_LIMITS } from './limits.js';
import { setParameters } from './set-request.js';
import { rangeOf } from './test-form.js';

/** Rates in bit/s that V.250 6.2.10 names and its successors in use; 0 is automatic detection. */
const BAUD_RATES = [
  0, 300, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
] as const;

export interface BaudRateArgs {
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
