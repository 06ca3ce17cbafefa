import { sessionToOpen } from '../../../client/ask-login.js';
import { CONNECT_STATE, CONNECTED } from '../../../dialects/lmqtt/commands/connect-state.js';
import { ModemError } from '../../../errors/modem-error.js';
import { ifSupported } from '../../../modem/if-supported.js';
import { openFailure } from '../broker/open-failure.js';
import { TrialSession } from '../broker/trial-session.js';
import { viewFromHere } from '../broker/view-from-here.js';
import { type Finding, ok, warn } from '../finding.js';
import type { Patient } from '../patient.js';
import type { Step } from '../step.js';
import { hasBroker, settingsOf } from './with-broker.js';

/** Whether the module gets a connection to the broker: name, TCP, TLS. LMQTTOPEN tells. */
export const BROKER: Step = {
  name: 'broker',
  title: 'broker reached',
  needs: ['registration', 'login'],
  applies: hasBroker,
  examine: async (patient): Promise<Finding> => {
    const { plan, modem, login, session: slot } = patient;
    const settings = settingsOf(plan);
    const options = login.value ?? (await sessionToOpen(modem.get(), settings, plan.signal));
    const session = new TrialSession(modem.get(), options, settings, plan.signal);
    slot.set(session);
    const other = await sessionThere(patient);
    const { host, port, tls } = options.broker;
    try {
      await session.open();
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      const here = await viewFromHere(host, port, plan.signal);
      return openFailure(error, options.broker, here, session.degradations);
    }
    const words = `${tls ? 'TLS' : 'TCP'} to ${host} port ${port}`;
    const facts = { host, port, tls, endedSession: other };
    if (other) return warn(`${words}; a session that was open in the module was ended`, ENDED, facts);
    return ok(words, facts);
  },
};

const ENDED = {
  causes: ['a program left its session open, or the application of the module uses it'],
  next: ['start that program again, if it is to go on'],
};

/** Whether the module has a session, which makes way: today's firmware serves only one (lmqtt.md 1 [M]). */
async function sessionThere({ plan, modem }: Patient): Promise<boolean> {
  const report = await ifSupported(modem.get().execute(CONNECT_STATE, null, { signal: plan.signal }));
  return report?.state === CONNECTED;
}
