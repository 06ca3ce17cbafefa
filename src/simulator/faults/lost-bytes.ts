import { byChance, integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LOST_BYTES: FaultDefinition = {
  name: 'lost-bytes',
  parameter: '=<n>',
  help: 'one in n bytes that the module sends is lost',
  create: (argument, random) => {
    const isLost = byChance(integerArgument('lost-bytes', argument, [2, 1e9]), random);
    return { transmit: (bytes) => [Buffer.from(bytes.filter(() => !isLost()))] };
  },
};
