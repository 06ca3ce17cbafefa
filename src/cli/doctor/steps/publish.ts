import { randomBytes } from 'node:crypto';
import { ModemError } from '../../../errors/modem-error.js';
import { notPublished, notReturned } from '../broker/loop-failure.js';
import { ownTopic } from '../broker/own-topic.js';
import { ok } from '../finding.js';
import type { Step } from '../step.js';
import { hasBroker } from './with-broker.js';

/** Whether a message to itself comes back, and how soon: the only proof that messages flow both ways. */
export const PUBLISH: Step = {
  name: 'publish',
  title: 'own message',
  needs: ['subscribe'],
  applies: (plan) => hasBroker(plan) && plan.publish,
  examine: async ({ plan, session: slot }) => {
    const session = slot.get();
    const { roundTripTimeout: limit } = plan;
    const topic = plan.topic ?? ownTopic(session.options);
    // Tells it from that of another doctor on the same topic.
    const payload = Buffer.from(`atmqtt doctor ${randomBytes(6).toString('hex')}`);
    try {
      const roundTrip = await session.sendToItself(topic, payload, limit);
      if (roundTrip === undefined) return notReturned(topic, limit, session.options);
      const ms = Math.round(roundTrip);
      return ok(`it came back on ${topic} after ${ms} ms`, { topic, returned: true, roundTrip: ms });
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      return notPublished(topic, error);
    }
  },
};
