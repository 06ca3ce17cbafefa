import { integerArgument, times } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const LOST_OK: FaultDefinition = {
  name: 'lost-ok',
  parameter: '[=<count>]',
  help: 'the next OKs, default 1, are not sent, though the commands are carried out',
  create: (argument) => {
    const applies = times(integerArgument('lost-ok', argument, [1, 1e9], 1));
    return { losesFinal: (final) => final === 'OK' && applies() };
  },
};
