import { isOwnTopic } from '../../../cloud/aliyun/wire/topics.js';
import type { SessionOptions } from '../../../dialects/dialect.js';
import type { ModemError } from '../../../errors/modem-error.js';
import { EXIT, exitCodeOf } from '../../exit-codes.js';
import { type Advice, type Finding, fail } from '../finding.js';
import { deviceOf } from './own-topic.js';

const RIGHTS = [
  'give a topic that the client may read and write (--topic)',
  'look at the access rules of the broker, and at its log',
];

/** The message left, was acknowledged, and did not come back: the sign of a subscription that was refused. */
export function notReturned(
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
export function notPublished(topic: string, error: ModemError): Finding {
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
