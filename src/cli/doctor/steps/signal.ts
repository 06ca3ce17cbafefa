import { signalFinding } from '../module/signal-finding.js';
import type { Step } from '../step.js';

/** What the module receives. */
export const SIGNAL: Step = {
  name: 'signal',
  title: 'signal',
  needs: ['at'],
  examine: async ({ plan, modem, registration }) => {
    const signal = await modem.get().signal({ signal: plan.signal, sinr: true });
    return signalFinding(signal, registration.value !== undefined);
  },
};
