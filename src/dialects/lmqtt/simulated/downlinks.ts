import type { Line } from '../../../at/line.js';
import { CONNECTION_ID, MAX_MESSAGE_ID } from '../limits.js';
import {
  ANNOUNCED_MESSAGE,
  BARE_HEX_MESSAGE,
  COUNTED_MESSAGE,
  HEX_MESSAGE,
  LINE_MESSAGE,
  type Message,
} from '../messages.js';
import type { Settings } from './settings.js';

/** Messages that the module keeps until they are fetched; beyond it the oldest is lost [A]. */
const CACHE_SIZE = 64;

const QUOTE = Buffer.from('"');

/** What becomes of messages from the broker: a RECV line for each, in the form that the settings ask for. */
export class Downlinks {
  readonly #settings: Settings;
  readonly #kept = new Map<number, Message>();
  #lastId = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** The line that tells of a message: lmqtt.md 6. `quoted`: its payload stands between quotes. */
  receive(topic: string, payload: Buffer, quoted: boolean): Line {
    const message = { id: CONNECTION_ID, messageId: this.#nextId(), topic, payload };
    if (!this.#settings.get('cache').announceOnly) return this.#format(message, quoted);
    this.#keep(message);
    return ANNOUNCED_MESSAGE.format(message);
  }

  /** Whether a message waits under this id. */
  has(messageId: number): boolean {
    return this.#kept.has(messageId);
  }

  /** Hands out a message that waits; it is gone then [A]. */
  take(messageId: number): Message | undefined {
    const message = this.#kept.get(messageId);
    this.#kept.delete(messageId);
    return message;
  }

  clear(): void {
    this.#kept.clear();
  }

  #format(message: Message, quoted: boolean): Line {
    const { format, showLength } = this.#settings.get('recv/mode');
    const { payload } = message;
    if (format === 0 && showLength) {
      const line = COUNTED_MESSAGE.format(message);
      return quoted ? { ...line, payload: inQuotes(payload) } : line;
    }
    if (format !== 0 && showLength) return HEX_MESSAGE.format(message);
    if (format !== 0 && !quoted) return BARE_HEX_MESSAGE.format(message);
    const text = format === 0 ? payload : Buffer.from(payload.toString('hex').toUpperCase());
    return LINE_MESSAGE.format({ ...message, payload: quoted ? inQuotes(text) : text });
  }

  #keep(message: Message): void {
    this.#kept.set(message.messageId, message);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > CACHE_SIZE && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** 1 to 65535, then 1 again, whatever the QoS [T for the 1 of a first message, A for the rest]. */
  #nextId(): number {
    this.#lastId = (this.#lastId % MAX_MESSAGE_ID) + 1;
    return this.#lastId;
  }
}

function inQuotes(payload: Buffer): Buffer {
  return Buffer.concat([QUOTE, payload, QUOTE]);
}
