import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

/** `<ret_code>`: lmqtt.md 3 [M]. */
export const CONNECT_FAILS: FaultDefinition = {
  name: 'connect-fails',
  parameter: '[=<ret_code>]',
  help: 'LMQTTCONN reports this return code, 1 to 7, default 4 (bad user name or password)',
  create: (argument) => {
    const returnCode = integerArgument('connect-fails', argument, [1, 7], 4);
    return { connectRefusal: () => returnCode };
  },
};
