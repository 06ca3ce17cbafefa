import { checkOneOf } from '../checks.js';
import { NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { DEFAULT_LIMITS } from './limits.js';

/** Whether the TA repeats what it receives. */
export interface EchoArgs {
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
