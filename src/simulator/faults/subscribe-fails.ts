import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

/** `<extend>`: lmqtt.md 4 [M]. */
export const SUBSCRIBE_FAILS: FaultDefinition = {
  name: 'subscribe-fails',
  parameter: '[=<extend>]',
  help: 'subscribing and unsubscribing fail: 6 send failed (the default), 7 parameter',
  create: (argument) => {
    const extend = integerArgument('subscribe-fails', argument, [1, 7], 6);
    return { subscribeResult: () => ({ result: 1, extend }) };
  },
};
