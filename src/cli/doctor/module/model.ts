import type { Step } from '../patient.js';
import { modelFinding } from './known-modules.js';

/** Which module it is, and what atmqtt knows of it. */
export const MODEL: Step = {
  name: 'model',
  title: 'model',
  needs: ['at'],
  examine: async ({ plan, modem }) => {
    const identity = await modem.get().identity({ signal: plan.signal });
    return modelFinding(identity, plan.profile, plan.profileGiven);
  },
};
