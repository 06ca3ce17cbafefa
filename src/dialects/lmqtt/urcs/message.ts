import type { CountedHeader } from '../../../at/line.js';
import { decodeText, encodeText, informationText } from '../../../at/parameters.js';
import { MAX_MESSAGE_ID, MAX_PAYLOAD } from '../limits.js';
import type { UrcPrefix } from './tagged-urc.js';

/** A downlink. */
export interface Message {
  readonly id: number;
  /** 0–65535. */
  readonly messageId: number;
  readonly topic: string;
  readonly payload: Buffer;
}

export interface MessageHead {
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
export function formatHead(
  { id, messageId, topic }: Omit<Message, 'payload'>,
  { name, tag }: UrcPrefix,
): string {
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
