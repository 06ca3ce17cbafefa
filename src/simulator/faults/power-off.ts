import type { FaultDefinition } from './fault.js';

export const POWER_OFF_FAULT: FaultDefinition = {
  name: 'power-off',
  help: 'the module says NORMAL POWER DOWN and is off; switched on again when the fault ends',
  create: () => ({ begin: (target) => target.powerOff(), end: (target) => target.reboot() }),
};
