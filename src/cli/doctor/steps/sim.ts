import { ModemError } from '../../../errors/modem-error.js';
import { requireSim } from '../../../modem/network.js';
import { simFinding } from '../module/sim-finding.js';
import type { Step } from '../step.js';

/** Whether there is a SIM that works; one that is still starting gets some seconds. */
export const SIM: Step = {
  name: 'sim',
  title: 'SIM',
  needs: ['at'],
  examine: async ({ plan, modem }) => {
    const { signal, registrationTimeout: timeout } = plan;
    try {
      await requireSim(modem.get(), { timeout, signal });
    } catch (error) {
      if (!(error instanceof ModemError) || error.code !== 'SIM_NOT_READY') throw error;
    }
    return simFinding(await modem.get().sim({ signal }));
  },
};
