import type { FaultDefinition } from './fault.js';

export const REBOOT: FaultDefinition = {
  name: 'reboot',
  help: 'the module restarts: settings and session are gone',
  momentary: true,
  create: () => ({ begin: (target) => target.reboot() }),
};
