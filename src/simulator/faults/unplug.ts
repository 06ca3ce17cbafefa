import type { FaultDefinition } from './fault.js';

export const UNPLUG: FaultDefinition = {
  name: 'unplug',
  help: 'the serial port vanishes and returns when the fault ends; the module stays on',
  create: () => ({ begin: (target) => target.unplug(), end: (target) => target.plugIn() }),
};
