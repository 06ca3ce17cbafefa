import type { CountedHeader, Line } from '../../at/line.js';
import { decodeText, encodeText, informationText } from '../../at/parameters.js';
import type { Urc } from '../../at/urc.js';
import { CONNECTION, MESSAGE_ID, optional, RESULT } from './fields.js';
import { MAX_MESSAGE_ID, MAX_PAYLOAD } from './limits.js';
import { taggedUrc, type UrcPrefix } from './results.js';

/** A downlink. */
export interface Message {
  readonly id: number;
  /** 0–65535. */
  readonly messageId: number;
  readonly topic: string;
  readonly payload: Buffer;
}

interface MessageHead {
  readonly id: number;
  readonly messageId: number;
  readonly topic: string;
  /** What stands behind the topic, wire text. */
  readonly rest: string;
}

export const RECEIVED: UrcPrefix = { name: '+LMQTTURC', tag: 'RECV,' };

/** `<id>,<msgID>,"<topic>",` and what follows. A topic holds no quote, so the first one behind it ends it. */
const HEAD = /^([0-4]),(\d{1,5}),"([^"\r\n]+)",(.*)$/s;

const LENGTH = /^(\d{1,5}),/;

/** Takes a message line apart, or returns undefined if it is none. */
export function splitMessage(text: string, { name, tag }: UrcPrefix): MessageHead | undefined {
  const information = informationText(text, name);
  const match = information?.startsWith(tag) ? HEAD.exec(information.slice(tag.length)) : null;
  if (match === null) return undefined;
  const [, id = '', messageId = '', topic = '', rest = ''] = match;
  if (Number(messageId) > MAX_MESSAGE_ID) return undefined;
  return { id: Number(id), messageId: Number(messageId), topic: decodeText(topic), rest };
}

/** `<len>,` at the start of a text: the declared length, and how many characters that takes. */
export function leadingLength(text: string): { readonly length: number; readonly width: number } | undefined {
  const match = LENGTH.exec(text);
  return match === null ? undefined : { length: Number(match[1]), width: match[0].length };
}

/** The line as far as the comma behind the topic. One space follows the colon: lmqtt.md 1 [T]. */
function formatHead({ id, messageId, topic }: Omit<Message, 'payload'>, { name, tag }: UrcPrefix): string {
  return `${name}: ${tag}${id},${messageId},"${encodeText(topic)}",`;
}

/** The header of a line with a counted payload; a length beyond 8000 makes it an ordinary line: lmqtt.md 5 [M]. */
export function countedHeader(prefix: UrcPrefix): CountedHeader {
  return (text) => {
    const rest = splitMessage(text, prefix)?.rest;
    const counted = rest === undefined ? undefined : leadingLength(rest);
    if (rest === undefined || counted === undefined || counted.length > MAX_PAYLOAD) return undefined;
    return { start: text.length - rest.length + counted.width, length: counted.length };
  };
}

/**
 * The text without the pair of double quotes around the whole of it, if there is one: lmqtt.md 6 [C]. Quotes
 * inside do not count, as the module escapes none: `"{"a":1}"` is `{"a":1}`.
 */
function withoutQuotes(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<len>,<payload>`, the only form that carries every byte: `recv/mode` with show
 * length 1. The payload is exactly `<len>` bytes [C], raw or between quotes [A]: lmqtt.md 6.
 */
export const COUNTED_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: (line) => parseCounted(line, RECEIVED),
  format: (message) => formatCounted(message, RECEIVED),
  counted: countedHeader(RECEIVED),
};

/** The message of a line whose payload the digester has counted. */
export function parseCounted({ text, payload }: Line, prefix: UrcPrefix): Message | undefined {
  const head = splitMessage(text, prefix);
  const counted = head === undefined ? undefined : leadingLength(head.rest);
  if (head === undefined || counted === undefined || payload === undefined) return undefined;
  if (counted.width !== head.rest.length || counted.length !== payload.length) return undefined;
  return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
}

/** The sender writes the text, the payload, CR and LF. */
export function formatCounted(message: Message, prefix: UrcPrefix): Line {
  const { payload } = message;
  return { text: `${formatHead(message, prefix)}${payload.length},`, payload };
}

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<len>,<hex>`: `recv/mode` 1 or 2 with the length: lmqtt.md 2, 6 [M].
 * One without is understood as well: hex holds no comma.
 */
export const HEX_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: parseHexMessage,
  format: (message) => ({
    text: `${formatHead(message, RECEIVED)}${message.payload.length},${hexOf(message)}`,
  }),
};

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<hex>`: `recv/mode` 1 or 2 without the length: lmqtt.md 2, 6 [M]. The
 * line is the frame: bytes that it loses in pairs are not missed. One with the length is understood as well.
 */
export const BARE_HEX_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: parseHexMessage,
  format: (message) => ({ text: `${formatHead(message, RECEIVED)}${hexOf(message)}` }),
};

function parseHexMessage({ text, payload: counted }: Line): Message | undefined {
  const head = counted === undefined ? splitMessage(text, RECEIVED) : undefined;
  const payload = head === undefined ? undefined : parseHex(head.rest);
  if (head === undefined || payload === undefined) return undefined;
  return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
}

function hexOf({ payload }: Message): string {
  return payload.toString('hex').toUpperCase();
}

function parseHex(rest: string): Buffer | undefined {
  const counted = leadingLength(rest);
  const hex = withoutQuotes(rest.slice(counted?.width ?? 0));
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(hex)) return undefined;
  const payload = Buffer.from(hex, 'hex');
  return counted === undefined || lengthAgrees(counted.length, payload) ? payload : undefined;
}

/** `<len>` of a hex payload: bytes of the payload, not hex characters: lmqtt.md 6 [A]. */
function lengthAgrees(length: number, payload: Buffer): boolean {
  return length === payload.length;
}

/**
 * `+LMQTTURC: RECV,<id>,<msgID>,"<topic>",<payload>`: the payload is raw to the end of the line [T]; a pair of quotes
 * around the whole of it is stripped [C]: lmqtt.md 6. A payload with CR LF cannot be framed.
 */
export const LINE_MESSAGE: Urc<Message> = {
  name: RECEIVED.name,
  parse: ({ text, payload: counted }) => {
    const head = counted === undefined ? splitMessage(text, RECEIVED) : undefined;
    if (head === undefined) return undefined;
    const payload = Buffer.from(withoutQuotes(head.rest), 'latin1');
    return { id: head.id, messageId: head.messageId, topic: head.topic, payload };
  },
  format: (message) => ({
    text: `${formatHead(message, RECEIVED)}${message.payload.toString('latin1')}`,
  }),
};

/** How the module hands over a downlink; the lines of the three look alike, so `recv/mode` decides which one holds. */
type MessageFormat = 'counted' | 'hex' | 'line';

const MESSAGE_URCS: Readonly<Record<MessageFormat, Urc<Message>>> = {
  counted: COUNTED_MESSAGE,
  hex: HEX_MESSAGE,
  line: LINE_MESSAGE,
};

export function messageUrc(format: MessageFormat): Urc<Message> {
  return MESSAGE_URCS[format];
}

/** A downlink that waits in the module, to be fetched with `READ`. */
export interface Announcement {
  readonly id: number;
  readonly messageId: number;
}

/** `+LMQTTURC: RECV,<id>,<msgID>`: `cache` 1: lmqtt.md 6 [M]. */
export const ANNOUNCED_MESSAGE: Urc<Announcement> = taggedUrc<Announcement>(RECEIVED, {
  id: CONNECTION,
  messageId: MESSAGE_ID,
});

export interface SessionStatus {
  readonly id: number;
  /** As in `SESSION_STATES`; anything but 0 means that the session is gone. */
  readonly status: number;
  /** With status 15 the return code of the broker. */
  readonly extend?: number;
}

/** `+LMQTTURC: STATS,<id>,<n>[,<extend>]`: lmqtt.md 6 [M]. */
export const SESSION_STATUS: Urc<SessionStatus> = taggedUrc<SessionStatus>(
  { name: '+LMQTTURC', tag: 'STATS,' },
  { id: CONNECTION, status: RESULT, extend: optional(RESULT) },
);
