import type { FaultDefinition } from './fault.js';

export const HIDDEN_LOSS: FaultDefinition = {
  name: 'hidden-loss',
  help: 'the end of a session is not told by a STATS line',
  create: () => ({ hidesLoss: true }),
};
