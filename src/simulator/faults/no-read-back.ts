import type { FaultDefinition } from './fault.js';

/** A module may not echo a key back: lmqtt.md 2. */
export const NO_READ_BACK: FaultDefinition = {
  name: 'no-read-back',
  help: 'AT+LMQTTCFG does not tell the triple: its query is answered with ERROR',
  create: () => ({ refusesQuery: (key) => key === 'aliauth' }),
};
