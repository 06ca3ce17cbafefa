import type { FaultDefinition } from './fault.js';

export const NO_PROMPT: FaultDefinition = {
  name: 'no-prompt',
  help: 'data mode begins, but its prompt is not sent',
  create: () => ({ hidesPrompt: true }),
};
