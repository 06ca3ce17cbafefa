import { ArgumentError } from '../errors/kinds.js';
import { Fifo } from '../util/fifo.js';

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
