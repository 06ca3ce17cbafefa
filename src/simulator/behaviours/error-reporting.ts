import { ERROR_REPORTING, SET_ERROR_REPORTING } from '../../at/commands/control.js';
import { answering } from './behaviour.js';

export const errorReporting = [
  answering(ERROR_REPORTING, { answer: ({ registers }) => ({ mode: registers.errorReporting }) }),
  answering(SET_ERROR_REPORTING, {
    answer: ({ registers }, { mode }) => {
      registers.errorReporting = mode;
      return null;
    },
  }),
];
