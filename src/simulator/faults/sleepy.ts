import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

/** After sleep the first bytes on the UART can be lost: lmqtt.md 7 [T]. */
export const SLEEPY: FaultDefinition = {
  name: 'sleepy',
  parameter: '=<ms>',
  help: 'after so many ms without a command line the next one is lost',
  create: (argument) => {
    const limit = integerArgument('sleepy', argument, [1, 86_400_000]);
    let last = performance.now();
    return {
      loses: () => {
        const idle = performance.now() - last;
        last = performance.now();
        return idle >= limit;
      },
    };
  },
};
