import { ok, warn } from '../finding.js';
import { apnWords, readContexts } from '../module/contexts.js';
import type { Step } from '../step.js';

/** Whether the module has an address in the network: LMQTTOPEN may get it one [A]. */
export const ADDRESS: Step = {
  name: 'address',
  title: 'address',
  needs: ['registration'],
  examine: async ({ plan, modem }) => {
    const address = await modem.get().address({ signal: plan.signal });
    const answer = await readContexts(modem.get(), plan.signal);
    const apn = apnWords(answer);
    const facts = { address: address ?? null, contexts: 'contexts' in answer ? answer.contexts : null };
    if (address !== undefined) return ok(`${address}, ${apn}`, facts);
    return warn(
      `the module has no address yet; ${apn}`,
      {
        causes: ['no PDP context is active: the APN is wrong, or the subscription has no data'],
        next: [
          'compare the APN with that of the operator, and check the subscription, if the broker is not reached',
        ],
      },
      facts,
    );
  },
};
