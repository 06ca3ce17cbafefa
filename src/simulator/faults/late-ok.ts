import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LATE_OK: FaultDefinition = {
  name: 'late-ok',
  parameter: '=<ms>',
  help: 'each final result code comes so many ms later',
  create: (argument) => ({ finalDelay: integerArgument('late-ok', argument, [1, 600_000]) }),
};
