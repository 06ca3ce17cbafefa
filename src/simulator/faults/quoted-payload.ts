import type { FaultDefinition } from './fault.js';

export const QUOTED_PAYLOAD: FaultDefinition = {
  name: 'quoted-payload',
  help: 'payloads of downlinks stand between double quotes',
  create: () => ({ quotesPayload: true }),
};
