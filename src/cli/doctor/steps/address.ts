import { ok, warn } from '../finding.js';
import type { Step } from '../step.js';

/** Whether the module has an address in the network: LMQTTOPEN may get it one [A]. */
export const ADDRESS: Step = {
  name: 'address',
  title: 'address',
  needs: ['registration'],
  examine: async ({ plan, modem }) => {
    const address = await modem.get().address({ signal: plan.signal });
    if (address !== undefined) return ok(address, { address });
    return warn(
      'the module has no address yet',
      {
        causes: ['no PDP context is active: the APN is wrong, or the subscription has no data'],
        next: ['check the APN (AT+CGDCONT?) and the subscription, if the broker is not reached'],
      },
      { address: null },
    );
  },
};
