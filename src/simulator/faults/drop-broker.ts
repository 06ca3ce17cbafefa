import type { FaultDefinition } from './fault.js';

export const DROP_BROKER: FaultDefinition = {
  name: 'drop-broker',
  help: 'the connection to the broker breaks; a new one can be opened at once',
  momentary: true,
  create: () => ({ begin: (target) => target.dropBroker() }),
};
