import { ModemError } from '../../../errors/modem-error.js';
import { connectFailure } from '../broker/connect-failure.js';
import { ok, warn } from '../finding.js';
import type { Step } from '../step.js';
import { hasBroker } from './with-broker.js';

/** Whether the broker accepts CONNECT. */
export const CONNECT: Step = {
  name: 'connect',
  title: 'CONNECT',
  needs: ['broker'],
  applies: hasBroker,
  examine: async ({ plan, session: slot }) => {
    const session = slot.get();
    const { clientId, username } = session.options;
    try {
      await session.connected();
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      return connectFailure(error, session.options, session.degradations);
    }
    // Messages that got lost are nobody's refusal.
    const byModule = session.degradations.filter(({ refusedBy }) => refusedBy === 'module');
    const refused = byModule.map(({ setting, consequence }) => `${setting}: ${consequence}`);
    const user = username === undefined ? '' : `, user ${username}`;
    const words = `accepted, client id ${clientId}${user}, a clean session`;
    const facts = { clientId, username: username ?? null, refusedSettings: refused };
    if (refused.length === 0) return ok(words, facts);
    const advice = {
      causes: ['the firmware does not know these settings, or not these values'],
      next: refused,
    };
    return warn(`${words}; the module refused settings`, advice, facts);
  },
};
