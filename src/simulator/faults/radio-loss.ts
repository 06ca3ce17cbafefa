import type { FaultDefinition } from './fault.js';

export const RADIO_LOSS: FaultDefinition = {
  name: 'radio-loss',
  help: 'no cell is in reach: no signal, no registration, no connection',
  create: () => ({
    outOfCoverage: true,
    begin: (target) => target.radioChanged(),
    end: (target) => target.radioChanged(),
  }),
};
