import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LATE_RESULT: FaultDefinition = {
  name: 'late-result',
  parameter: '=<ms>',
  help: 'each result URC comes so many ms later',
  create: (argument) => ({ resultDelay: integerArgument('late-result', argument, [1, 600_000]) }),
};
