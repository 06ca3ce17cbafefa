import type { InboundMessage } from '../dialects/dialect.js';
import { ArgumentError } from '../errors/kinds.js';
import { Fifo } from '../util/fifo.js';
import type { Packet } from './client-types.js';

/** Hands values to a listener; those that come before `open` wait for it. */
export class Held<T> {
  readonly #listener: (value: T) => void;
  #waiting: T[] | undefined = [];

  constructor(listener: (value: T) => void) {
    this.#listener = listener;
  }

  push(value: T): void {
    if (this.#waiting === undefined) this.#listener(value);
    else this.#waiting.push(value);
  }

  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const value of waiting) this.#listener(value);
  }
}

/**
 * An async iterator over events, with a bounded buffer for a consumer that is slower than they come: when it is
 * full the oldest one is dropped and counted.
 */
export class MessageStream<T> implements AsyncIterableIterator<T> {
  readonly #limit: number;
  readonly #onReturn: () => void;
  readonly #buffer = new Fifo<T>();
  readonly #waiting = new Fifo<(result: IteratorResult<T>) => void>();
  #done = false;
  #dropped = 0;

  /** `onReturn` is called when the consumer leaves the loop. */
  constructor(limit: number, onReturn: () => void) {
    if (!Number.isInteger(limit) || limit < 1) throw new ArgumentError('limit', String(limit), 'at least 1');
    this.#limit = limit;
    this.#onReturn = onReturn;
  }

  /** Messages that were dropped because the consumer was too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  push(value: T): void {
    if (this.#done) return;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return waiting({ value, done: false });
    if (this.#buffer.length === this.#limit) {
      this.#buffer.shift();
      this.#dropped += 1;
    }
    this.#buffer.push(value);
  }

  /** No more will come: what is buffered can still be read. */
  end(): void {
    this.#done = true;
    for (const waiting of this.#waiting.drain()) waiting({ value: undefined, done: true });
  }

  async next(): Promise<IteratorResult<T>> {
    const value = this.#buffer.shift();
    if (value !== undefined) return { value, done: false };
    if (this.#done) return { value: undefined, done: true };
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async return(): Promise<IteratorResult<T>> {
    this.#buffer.drain();
    this.end();
    this.#onReturn();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

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
