import type { FaultDefinition } from './fault.js';

export const MISSPELT_UNSUBSCRIBE: FaultDefinition = {
  name: 'misspelt-unsubscribe',
  help: 'the result of an unsubscribe is named +LMQTTUNSUNSUB',
  create: () => ({ misspelsUnsubscribe: true }),
};
