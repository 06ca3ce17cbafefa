import type { FaultDefinition } from './fault.js';

export const ECHO_FAULT: FaultDefinition = {
  name: 'echo',
  help: 'echo stays on whatever ATE says',
  create: () => ({ echoes: true }),
};
