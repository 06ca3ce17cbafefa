import { checkInteger, checkOneOf } from '../../../at/checks.js';
import { splitParameters } from '../../../at/parameters.js';
import { ArgumentError } from '../../../errors/kinds.js';
import { type FieldList, formatFields, parseFields } from '../field-list.js';
import { CONNECTION, FLAG, integerField, MESSAGE_ID, QOS, type Qos, TOPIC_NAME } from '../fields.js';
import { MAX_INLINE, MAX_MESSAGE_ID, MAX_PAYLOAD } from '../limits.js';
import { checkLength, hexLength, isInlineSafe, maxHexPayload, type PayloadForm } from '../payload-form.js';

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

interface Head {
  readonly id: number;
  readonly messageId: number;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly topic: string;
  readonly length: number;
}

const HEAD: FieldList<Head> = {
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

export function formatPublish({
  id,
  messageId,
  qos,
  retain,
  topic,
  form,
  payload,
  length,
}: PublishRequest): string {
  const head = (bytes: number): string =>
    `AT+LMQTTPUB=${formatFields(HEAD, { id, messageId, qos, retain, topic, length: bytes })}`;
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
  const parsed = parseFields(HEAD, splitParameters(match?.[1] ?? ''));
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
