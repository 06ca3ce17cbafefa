import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LOST_LINES: FaultDefinition = {
  name: 'lost-lines',
  parameter: '=<percent>',
  help: 'so many in a hundred outputs are lost whole: a URC, or an answer with its OK',
  create: (argument, random) => {
    const percent = integerArgument('lost-lines', argument, [1, 100]);
    return { transmit: (bytes) => (random() * 100 < percent ? [] : [bytes]) };
  },
};
