import { checkInteger, checkOneOf } from '../../at/checks.js';
import type { DataMode, OneStageCommand, TwoStageCommand } from '../../at/command.js';
import type { Line } from '../../at/line.js';
import { type Parameter, splitParameters } from '../../at/parameters.js';
import { ArgumentError } from '../../errors/kinds.js';
import {
  CONNECTION,
  choiceField,
  type FieldList,
  FLAG,
  formatFields,
  integerField,
  MESSAGE_ID,
  parseFields,
  QOS,
  type Qos,
  setParameters,
  setRequest,
  TOPIC_FILTER,
  TOPIC_NAME,
} from './fields.js';
import {
  MAX_INLINE,
  MAX_MESSAGE_ID,
  MAX_PAYLOAD,
  MAX_TOPICS_PER_COMMAND,
  PUBLISH_LIMITS,
  READ_LIMITS,
  SUBSCRIBE_LIMITS,
} from './limits.js';
import {
  type Announcement,
  countedHeader,
  formatCounted,
  leadingLength,
  type Message,
  parseCounted,
  splitMessage,
} from './messages.js';
import { checkLength, hexLength, isInlineSafe, maxHexPayload, type PayloadForm } from './profiles.js';
import {
  MESSAGE_RESULT,
  type MessageResult,
  resultUrc,
  SUBSCRIBE_RESULT,
  SUBSCRIBE_RESULT_URC,
  type SubscribeResult,
  sameMessage,
} from './results.js';

const DATA: DataMode<PublishRequest> = {
  largest: MAX_PAYLOAD,
  // Not documented, but worth a try [A]: on a module that takes any byte for payload [C] it is one of those missing.
  escape: true,
  payload: (args) => (args.form === 'data' ? args.payload : undefined),
  length: (args) => (args.form === 'data' ? (args.length ?? args.payload.length) : undefined),
  attach: ({ length: _, ...args }, payload) => ({ ...args, payload }),
};

/**
 * `AT+LMQTTPUB=<id>,<msgID>,<qos>,<retain>,"topic",<len>[,"payload"]`: lmqtt.md 5 [M]. Without a payload the
 * module prompts and takes exactly `<len>` raw bytes [M], any byte value [C]; the way out of a prompt is not documented
 * [A]. The result, within 30 s, is sent, and acknowledged if QoS > 0 [M]; whether a 1 can be followed by a 0 is
 * unknown [A].
 */
export const PUBLISH: TwoStageCommand<PublishRequest, MessageResult> = {
  name: '+LMQTTPUB',
  form: 'set',
  request: { format: formatPublish, parse: parsePublish },
  limits: PUBLISH_LIMITS,
  abortable: false,
  data: DATA,
  result: { urc: resultUrc('+LMQTTPUB', MESSAGE_RESULT), matches: sameMessage },
};

export interface PublishRequest {
  readonly id: number;
  /** 1–65535; 0 only with QoS 0: lmqtt.md 5 [T]. */
  readonly messageId: number;
  readonly qos: Qos;
  readonly retain: boolean;
  /** 1–256 bytes, no wildcards. */
  readonly topic: string;
  readonly form: PayloadForm;
  /** Inline 0–1460 bytes without control characters, hex 0–730 bytes [A], data 1–8000 bytes. */
  readonly payload: Buffer;
  /** TA side: `<len>` of a line in data mode whose payload has not come yet. */
  readonly length?: number;
}

interface PublishHead {
  readonly id: number;
  readonly messageId: number;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly topic: string;
  readonly length: number;
}

const PUBLISH_HEAD: FieldList<PublishHead> = {
  id: CONNECTION,
  messageId: MESSAGE_ID,
  qos: QOS,
  retain: FLAG,
  topic: TOPIC_NAME,
  length: integerField(0, MAX_PAYLOAD),
};

/** The payload is what stands between the quote behind `<len>` and the last quote of the line, not a parameter. */
const LINE = /^AT\+LMQTTPUB=([^"]*"[^"]*",\d+)(?:,"(.*)")?$/is;

/** As far as the quote in front of an inline payload, wherever it stands in the line. */
const INLINE_HEAD = /\+LMQTTPUB=[^"]*"[^"]*",(\d{1,4}),"/i;

/**
 * Index of the quote behind an inline payload if `<len>` is right: the module counts [T], so the payload may hold any
 * byte, a line end as well [A]. Undefined without such a payload; the text may end anywhere in it.
 */
export function inlineEnd(text: string): number | undefined {
  const match = INLINE_HEAD.exec(text);
  return match === null ? undefined : match.index + match[0].length + Number(match[1]);
}

/**
 * Index of the end of a command line whose first line end is at `first`: that one, or the first of `ends` behind a payload
 * that the line counts. A count that is wrong makes no difference. -1: the rest of the payload has not come.
 */
export function commandLineEnd(text: string, first: number, ends: RegExp): number {
  const quote = inlineEnd(text.slice(0, first)) ?? 0;
  if (quote < first || (quote < text.length && text[quote] !== '"')) return first;
  const end = text.slice(quote).search(ends);
  return end < 0 ? -1 : quote + end;
}

function formatPublish({ id, messageId, qos, retain, topic, form, payload, length }: PublishRequest): string {
  const head = (bytes: number): string =>
    `AT+LMQTTPUB=${formatFields(PUBLISH_HEAD, { id, messageId, qos, retain, topic, length: bytes })}`;
  checkMessageId(messageId, qos);
  checkOneOf('form', form, ['inline', 'data', 'hex']);
  if (form === 'data') {
    checkLength(payload, MAX_PAYLOAD, length === undefined ? 1 : 0);
    return head(length ?? payload.length);
  }
  if (form === 'hex') {
    checkLength(payload, maxHexPayload());
    return `${head(hexLength(payload))},"${payload.toString('hex').toUpperCase()}"`;
  }
  checkLength(payload, MAX_INLINE);
  if (!isInlineSafe(payload)) {
    throw new ArgumentError('payload', 'a payload with control characters', 'sent in data mode');
  }
  return `${head(payload.length)},"${payload.toString('latin1')}"`;
}

export function parsePublish(line: string): PublishRequest | undefined {
  const match = LINE.exec(line);
  const parsed = parseFields(PUBLISH_HEAD, splitParameters(match?.[1] ?? ''));
  if (parsed === undefined) return undefined;
  const { length, ...head } = parsed;
  if (head.messageId === 0 && head.qos !== 0) return undefined;
  const content = match?.[2];
  if (content === undefined) {
    return length > 0 ? { ...head, form: 'data', payload: Buffer.alloc(0), length } : undefined;
  }
  const inline = Buffer.from(content, 'latin1');
  if (inline.length === length) return { ...head, form: 'inline', payload: inline };
  if (!/^(?:[0-9A-F]{2})+$/i.test(content)) return undefined;
  const payload = Buffer.from(content, 'hex');
  return hexLength(payload) === length ? { ...head, form: 'hex', payload } : undefined;
}

function checkMessageId(messageId: number, qos: Qos): void {
  checkInteger('messageId', messageId, qos === 0 ? 0 : 1, MAX_MESSAGE_ID);
}

interface TopicSubscription {
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

const SUBSCRIBE_HEAD: FieldList<{ id: number; flag: 0 | 1; messageId: number }> = {
  id: CONNECTION,
  flag: choiceField<0 | 1>([0, 1]),
  messageId: integerField(1, MAX_MESSAGE_ID),
};
const HEAD_LENGTH = Object.keys(SUBSCRIBE_HEAD).length;

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
  const head = formatFields(SUBSCRIBE_HEAD, { id, flag, messageId });
  const list = topics.map((topic, index) => formatFields(TOPIC, topic, `topics[${index}].`));
  return `AT${SUBSCRIBE_RESULT}=${[head, ...list].join(',')}`;
}

function parse(line: string): SubscribeRequest | undefined {
  const parameters = setParameters(line, SUBSCRIBE_RESULT);
  const head = parseFields(SUBSCRIBE_HEAD, parameters?.slice(0, HEAD_LENGTH));
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

const PREFIX = { name: '+LMQTTREAD', tag: '' };

/**
 * `AT+LMQTTREAD=<id>,<msgID>` → `+LMQTTREAD: <id>,<msgID>,"<topic>",<len>,<payload>` + `OK`: lmqtt.md 6 [A].
 * Fetches a message that `ANNOUNCED_MESSAGE` has announced.
 */
export const READ: OneStageCommand<Announcement, Message> = {
  name: '+LMQTTREAD',
  form: 'set',
  request: setRequest<Announcement>('+LMQTTREAD', { id: CONNECTION, messageId: MESSAGE_ID }),
  limits: READ_LIMITS,
  abortable: false,
  response: {
    format: (message) => [formatCounted(message, PREFIX)],
    parse: (lines) => (lines.length === 1 ? parseCounted(lines[0] as Line, PREFIX) : undefined),
    owns: (text) => isHeader(splitMessage(text, PREFIX)?.rest),
    counted: countedHeader(PREFIX),
  },
};

/** Whether nothing but the length stands behind the topic. */
function isHeader(rest: string | undefined): boolean {
  return rest !== undefined && leadingLength(rest)?.width === rest.length;
}
