import { checkInteger, checkOneOf } from '../../../at/checks.js';
import type { TwoStageCommand } from '../../../at/command.js';
import type { Parameter } from '../../../at/parameters.js';
import { type FieldList, formatFields, parseFields, setParameters } from '../field-list.js';
import { CONNECTION, choiceField, integerField, QOS, type Qos, TOPIC_FILTER } from '../fields.js';
import { MAX_MESSAGE_ID, MAX_TOPICS_PER_COMMAND, SUBSCRIBE_LIMITS } from '../limits.js';
import { sameMessage } from '../urcs/message-result.js';
import { SUBSCRIBE_RESULT, SUBSCRIBE_RESULT_URC, type SubscribeResult } from '../urcs/subscribe-result.js';

export interface TopicSubscription {
  /** Topic filter, 1–256 bytes. */
  readonly topic: string;
  /** Unsubscribing carries a QoS field as well: lmqtt.md 4 [T]. */
  readonly qos: Qos;
}

export interface SubscribeRequest {
  readonly id: number;
  readonly action: 'subscribe' | 'unsubscribe';
  /** 1–65535. */
  readonly messageId: number;
  /** One to four [A]. */
  readonly topics: readonly TopicSubscription[];
}

const ACTIONS = ['subscribe', 'unsubscribe'] as const;

const HEAD: FieldList<{ id: number; flag: 0 | 1; messageId: number }> = {
  id: CONNECTION,
  flag: choiceField<0 | 1>([0, 1]),
  messageId: integerField(1, MAX_MESSAGE_ID),
};
const HEAD_LENGTH = Object.keys(HEAD).length;

const TOPIC: FieldList<TopicSubscription> = { topic: TOPIC_FILTER, qos: QOS };

/**
 * `AT+LMQTTSUBUNSUB=<id>,<subflag>,<msgID>,"topic",<qos>[,…]`, subflag 0 subscribes, 1 unsubscribes; the result comes
 * within 30 s: lmqtt.md 4 [M]. It does not tell the granted QoS, and a refusal by the broker may look like a
 * success [A].
 */
export const SUBSCRIBE_UNSUBSCRIBE: TwoStageCommand<SubscribeRequest, SubscribeResult> = {
  name: SUBSCRIBE_RESULT,
  form: 'set',
  request: { format, parse },
  limits: SUBSCRIBE_LIMITS,
  abortable: false,
  result: { urc: SUBSCRIBE_RESULT_URC, matches: sameMessage },
};

function format({ id, action, messageId, topics }: SubscribeRequest): string {
  const flag = checkOneOf('action', action, ACTIONS) === 'subscribe' ? 0 : 1;
  checkInteger('topics.length', topics.length, 1, MAX_TOPICS_PER_COMMAND);
  const head = formatFields(HEAD, { id, flag, messageId });
  const list = topics.map((topic, index) => formatFields(TOPIC, topic, `topics[${index}].`));
  return `AT${SUBSCRIBE_RESULT}=${[head, ...list].join(',')}`;
}

function parse(line: string): SubscribeRequest | undefined {
  const parameters = setParameters(line, SUBSCRIBE_RESULT);
  const head = parseFields(HEAD, parameters?.slice(0, HEAD_LENGTH));
  const topics = parseTopics(parameters?.slice(HEAD_LENGTH) ?? []);
  if (head === undefined || topics === undefined) return undefined;
  const action = head.flag === 0 ? 'subscribe' : 'unsubscribe';
  return { id: head.id, action, messageId: head.messageId, topics };
}

function parseTopics(parameters: readonly Parameter[]): TopicSubscription[] | undefined {
  const topics: TopicSubscription[] = [];
  for (let index = 0; index < parameters.length; index += 2) {
    const topic = parseFields(TOPIC, parameters.slice(index, index + 2));
    if (topic === undefined) return undefined;
    topics.push(topic);
  }
  return topics.length >= 1 && topics.length <= MAX_TOPICS_PER_COMMAND ? topics : undefined;
}
