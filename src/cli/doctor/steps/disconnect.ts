import { ok } from '../finding.js';
import type { Step } from '../step.js';
import { hasBroker } from './with-broker.js';

/** Ends the session in order: the broker forgets it, and publishes no will. */
export const DISCONNECT: Step = {
  name: 'disconnect',
  title: 'DISCONNECT',
  needs: ['connect'],
  applies: hasBroker,
  examine: async ({ session }) => {
    await session.get().disconnect();
    return ok('the session is over, nothing of it is left at the broker');
  },
};
