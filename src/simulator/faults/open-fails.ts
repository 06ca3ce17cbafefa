import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

/** `<extend>`: lmqtt.md 3 [M]. */
export const OPEN_FAILS: FaultDefinition = {
  name: 'open-fails',
  parameter: '[=<extend>]',
  help: 'LMQTTOPEN fails: 1 parameter, 2 in use, 3 PDP, 4 DNS, 5 network (the default)',
  create: (argument) => {
    const extend = integerArgument('open-fails', argument, [1, 5], 5);
    return { openFailure: () => extend };
  },
};
