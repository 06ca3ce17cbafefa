import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const BUSY_ABOVE: FaultDefinition = {
  name: 'busy-above',
  parameter: '=<n>',
  help: 'LMQTTPUB is answered with +CME ERROR: 3 while n others are without their result',
  create: (argument) => {
    const limit = integerArgument('busy-above', argument, [0, 65_535]);
    return { refusesPublish: (inFlight) => inFlight >= limit };
  },
};
