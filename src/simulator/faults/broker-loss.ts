import { OPEN_REASONS } from '../../dialects/lmqtt/codes/open-codes.js';
import type { FaultDefinition } from './fault.js';

export const BROKER_LOSS: FaultDefinition = {
  name: 'broker-loss',
  help: 'the connection to the broker breaks, and none can be opened until the fault ends',
  create: () => ({
    begin: (target) => target.dropBroker(),
    openFailure: () => OPEN_REASONS.NETWORK_DOWN.value,
  }),
};
