import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const STUCK_PROMPT: FaultDefinition = {
  name: 'stuck-prompt',
  parameter: '[=<bytes>]',
  help: 'the first bytes of each data-mode payload, default 1, get lost: the module waits for more',
  create: (argument) => {
    const lost = integerArgument('stuck-prompt', argument, [1, 8_000], 1);
    return { lostPayload: () => lost };
  },
};
