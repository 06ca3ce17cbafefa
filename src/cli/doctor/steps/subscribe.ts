import { ModemError } from '../../../errors/modem-error.js';
import { EXIT, exitCodeOf } from '../../exit-codes.js';
import { ownTopic } from '../broker/own-topic.js';
import { fail, ok } from '../finding.js';
import type { Step } from '../step.js';
import { hasBroker } from './with-broker.js';

/** Whether a subscription works, as far as it can be seen: a SUBACK with 0x80 may be reported as success [A]. */
export const SUBSCRIBE: Step = {
  name: 'subscribe',
  title: 'SUBSCRIBE',
  needs: ['connect'],
  applies: hasBroker,
  examine: async ({ plan, session: slot }) => {
    const session = slot.get();
    const { publish } = plan;
    const topic = plan.topic ?? ownTopic(session.options);
    try {
      await session.subscribe(topic);
      await session.throwIfLost();
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      const lost = error.code === 'SESSION_LOST';
      const found = lost ? `the session ended at the subscription to ${topic}` : `${topic}: ${error.message}`;
      return fail(found, lost ? EXIT.FAILED : exitCodeOf(error), ADVICE, { topic, code: error.code });
    }
    const rest = publish ? '' : '; whether the broker granted it would show with a message only';
    return ok(`the module reports success for ${topic}${rest}`, { topic });
  },
};

const ADVICE = {
  causes: ['the broker does not let this client subscribe to the topic', 'the connection broke'],
  next: [
    'give a topic that the client may read and write (--topic)',
    'look at the access rules of the broker',
  ],
};
