import { randomBytes } from 'node:crypto';
import { parseClientId, parseUsername } from '../../../cloud/aliyun/wire/client-id.js';
import { isOwnTopic } from '../../../cloud/aliyun/wire/topics.js';
import type { SessionOptions } from '../../../dialects/dialect.js';
import { ModemError } from '../../../errors/modem-error.js';
import { EXIT, exitCodeOf } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import { hasBroker, type Step } from '../patient.js';

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
      return fail(found, lost ? EXIT.FAILED : exitCodeOf(error), SUBSCRIBE_ADVICE, {
        topic,
        code: error.code,
      });
    }
    const rest = publish ? '' : '; whether the broker granted it would show with a message only';
    return ok(`the module reports success for ${topic}${rest}`, { topic });
  },
};

const SUBSCRIBE_ADVICE = {
  causes: ['the broker does not let this client subscribe to the topic', 'the connection broke'],
  next: [
    'give a topic that the client may read and write (--topic)',
    'look at the access rules of the broker',
  ],
};

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

const RIGHTS = [
  'give a topic that the client may read and write (--topic)',
  'look at the access rules of the broker, and at its log',
];

/** The message left, was acknowledged, and did not come back: the sign of a subscription that was refused. */
function notReturned(
  topic: string,
  limit: number,
  login: Pick<SessionOptions, 'triple' | 'clientId' | 'username'>,
): Finding {
  const advice: Advice = {
    causes: [
      'the broker refused the subscription: the AT interface reports that as success (SUBACK 0x80 [A])',
      ...cloudCauses(topic, login),
      'the broker does not let this client publish to the topic, and drops the message without a word',
      'the way back is slow, or broken: a NAT, a poor signal',
    ],
    next: RIGHTS,
  };
  const found = `the own message on ${topic} did not come back within ${limit / 1000} s, although it was acknowledged`;
  return fail(found, EXIT.FAILED, advice, { topic, returned: false, limit });
}

/** What a device at Alibaba Cloud may use: aliyun.md 1 [D]. */
function cloudCauses(topic: string, login: Parameters<typeof deviceOf>[0]): string[] {
  const device = deviceOf(login);
  if (device === undefined) return [];
  const { productKey, deviceName } = device;
  return isOwnTopic(device, topic)
    ? ['the topic is not defined for the product with the right to publish and to subscribe [A]']
    : [`a device may use its own topics only: /${productKey}/${deviceName}/…`];
}

/** The module or the broker did not take the message, or the session ended over it. */
function notPublished(topic: string, error: ModemError): Finding {
  const facts = { topic, returned: false, code: error.code };
  if (error.code !== 'SESSION_LOST') {
    const causes = ['the broker did not acknowledge it', 'the connection broke, or the signal is too poor'];
    return fail(error.message, exitCodeOf(error), { causes, next: RIGHTS }, facts);
  }
  const causes = [
    `the broker does not let this client publish to ${topic}, or subscribe: some end the session then`,
    'another client with the same client id threw this one out',
    'the connection broke',
  ];
  return fail(
    `the session ended at the message to itself (${error.message})`,
    exitCodeOf(error),
    { causes, next: RIGHTS },
    facts,
  );
}

type Login = Pick<SessionOptions, 'clientId' | 'username' | 'triple'>;

/** What a topic may not hold: MQTT 3.1.1 4.7. */
const FORBIDDEN = /[+#/]/g;

/**
 * The topic of the message to itself, where the user names none: nobody else uses it. A device at Alibaba Cloud may use
 * its own topics only, aliyun.md 1 [D]; whether this one is defined for the product is not known [A].
 */
export function ownTopic(login: Login): string {
  const device = deviceOf(login);
  if (device !== undefined) return `/${device.productKey}/${device.deviceName}/user/atmqtt-doctor`;
  return `atmqtt/doctor/${login.clientId.replace(FORBIDDEN, '_').slice(0, 50)}`;
}

/** The device of a login at Alibaba Cloud, whoever signs it (aliyun.md 1 [D]); undefined at another broker. */
function deviceOf({ triple, username, clientId }: Login) {
  if (triple !== undefined) return triple;
  return parseClientId(clientId) === undefined ? undefined : parseUsername(username ?? '');
}
