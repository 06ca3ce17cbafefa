import type { FaultDefinition } from './fault.js';

export const SILENT: FaultDefinition = {
  name: 'silent',
  help: 'the module takes bytes and answers nothing, as firmware that hangs',
  create: () => ({ hung: true }),
};
