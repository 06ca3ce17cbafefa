import { integerArgument, textArgument, times } from './argument.js';
import type { FaultDefinition, ForcedResult } from './fault.js';

/** `<extend>` 6, send failed: lmqtt.md 5 [M]; seen beside result 1, left out beside result 2 [M]. */
const RESULTS: readonly ForcedResult[] = [{ result: 0 }, { result: 1, extend: 6 }, { result: 2 }];

export const PUBLISH_RESULT: FaultDefinition = {
  name: 'publish-result',
  parameter: '=<result>[:<count>]',
  help: 'the next publishes, or all, report 0 (nothing is sent), 1 (sent, bad acknowledgement) or 2 (nothing is sent)',
  create: (argument) => {
    const [result = '', count] = textArgument('publish-result', argument).split(':');
    const forced = RESULTS[integerArgument('publish-result', result, [0, 2])];
    const applies = times(integerArgument('publish-result', count, [1, 1e9], Number.POSITIVE_INFINITY));
    return { publishResult: () => (applies() ? forced : undefined) };
  },
};
