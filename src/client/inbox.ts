import type { InboundMessage } from '../dialects/dialect.js';
import type { Packet } from './events.js';
import { MessageStream } from './message-stream.js';

/** Most messages kept for the first listener. */
const EARLY_LIMIT = 1000;

/**
 * Hands messages to the `message` event and to the streams. Those that come before anybody listens are kept, bounded,
 * the oldest give way: the broker sends the messages of a kept session right behind its CONNACK (lmqtt.md 3
 * [T]), when `connect()` has not even returned.
 */
export class Inbox {
  readonly #emit: (packet: Packet) => void;
  readonly #streams = new Set<MessageStream<Packet>>();
  #early: Packet[] | undefined = [];
  #received = 0;
  #dropped = 0;
  #ended = false;

  constructor(emit: (packet: Packet) => void) {
    this.#emit = emit;
  }

  /** Messages that have come. */
  get received(): number {
    return this.#received;
  }

  /** Messages that gave way to later ones before anybody listened. */
  get dropped(): number {
    return this.#dropped;
  }

  push({ topic, payload, messageId }: InboundMessage): void {
    this.#received += 1;
    const packet: Packet = { cmd: 'publish', topic, payload, messageId };
    if (this.#early === undefined) return this.#deliver(packet);
    this.#early.push(packet);
    if (this.#early.length <= EARLY_LIMIT) return;
    this.#early.shift();
    this.#dropped += 1;
  }

  /** Somebody listens: what was kept is delivered, and nothing is kept from now on. */
  open(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const packet of early) this.#deliver(packet);
  }

  stream(limit: number): MessageStream<Packet> {
    const stream = new MessageStream<Packet>(limit, () => this.#streams.delete(stream));
    this.#streams.add(stream);
    this.open();
    if (this.#ended) stream.end();
    return stream;
  }

  /** No more will come. */
  end(): void {
    this.#ended = true;
    for (const stream of this.#streams) stream.end();
  }

  #deliver(packet: Packet): void {
    this.#emit(packet);
    for (const stream of this.#streams) stream.push(packet);
  }
}
