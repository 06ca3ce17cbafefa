import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

/** Seen on hardware: lmqtt.md 1 [T]. */
export const RESULT_BEFORE_OK: FaultDefinition = {
  name: 'result-before-ok',
  parameter: '[=<ms>]',
  help: 'the result URC comes first, the OK so many ms behind it, default 0',
  create: (argument) => ({ resultFirst: integerArgument('result-before-ok', argument, [0, 60_000], 0) }),
};
