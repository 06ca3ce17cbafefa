import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const SLOW: FaultDefinition = {
  name: 'slow',
  parameter: '=<ms>',
  help: 'so many ms pass before each output, with split before each piece of it',
  create: (argument) => ({ pieceDelay: integerArgument('slow', argument, [1, 60_000]) }),
};
