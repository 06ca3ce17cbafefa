import {
  ATTENTION,
  AUTO_ANSWER,
  CALL_RESULTS,
  CAPABILITIES,
  CARRIER_DETECT,
  ECHO,
  FACTORY_SETTINGS,
  HANG_UP,
  IDENTIFICATION,
  RESET,
  RESULT_CODES,
  SET_AUTO_ANSWER,
  TERMINAL_READY,
  VERBOSE_RESULTS,
} from '../../../at/commands/basic.js';
import { ERROR_REPORTING, SET_ERROR_REPORTING } from '../../../at/commands/control.js';
import type { ModuleContext } from '../module-context.js';
import { answering } from './behaviour.js';

export const attention = answering(ATTENTION, { answer: () => null });

/** The line that switches the echo is still treated as before. */
export const echo = answering(ECHO, {
  answer: ({ registers }, { enabled }) => {
    registers.echo = enabled;
    return null;
  },
});

/** Settings that only a call or a circuit of the serial line would show, of which there is none here. */
const IDLE = [RESULT_CODES, VERBOSE_RESULTS, CALL_RESULTS, CARRIER_DETECT, TERMINAL_READY, HANG_UP] as const;

/** The basic commands of V.250 with which drivers begin. */
export const basic = [
  ...IDLE.map((command) => answering(command, { answer: () => null })),
  answering(RESET, { answer: restore }),
  answering(FACTORY_SETTINGS, { answer: restore }),
  // How these modules answer it is not known [A]: as most do, a line each.
  answering(IDENTIFICATION, {
    answer: ({ identity: { manufacturer, model, revision } }) => `${manufacturer}\n${model}\n${revision}`,
  }),
  answering(CAPABILITIES, { answer: () => ['+CGSM'] }),
  answering(AUTO_ANSWER, { answer: ({ registers: { rings } }) => ({ rings }) }),
  answering(SET_AUTO_ANSWER, {
    answer: ({ registers }, { rings }) => {
      registers.rings = rings;
      return null;
    },
  }),
];

function restore(module: ModuleContext): null {
  module.restoreDefaults();
  return null;
}

export const errorReporting = [
  answering(ERROR_REPORTING, { answer: ({ registers }) => ({ mode: registers.errorReporting }) }),
  answering(SET_ERROR_REPORTING, {
    answer: ({ registers }, { mode }) => {
      registers.errorReporting = mode;
      return null;
    },
  }),
];
