import { byChance, integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LOST_INPUT: FaultDefinition = {
  name: 'lost-input',
  parameter: '=<n>',
  help: 'one in n bytes that the module is sent is lost',
  create: (argument, random) => {
    const isLost = byChance(integerArgument('lost-input', argument, [2, 1e9]), random);
    return { receive: (bytes) => Buffer.from(bytes.filter(() => !isLost())) };
  },
};
