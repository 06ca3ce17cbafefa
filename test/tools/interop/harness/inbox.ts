import { deferred } from '../../../../src/util/deferred.js';

/** What has arrived, in order, to be waited for. */
export class Inbox<T> {
  readonly all: T[] = [];
  #taken = 0;
  #change = deferred<void>();
  #closed = false;

  push(item: T): void {
    this.all.push(item);
    this.#tell();
  }

  /** Resolves when something arrives, or the inbox is closed. */
  changed(): Promise<void> {
    return this.#change.promise;
  }

  /** The next so many, once they are there. One caller at a time. Rejects when the inbox is closed. */
  async take(count: number): Promise<readonly T[]> {
    while (this.all.length - this.#taken < count) {
      if (this.#closed) throw new Error('closed while messages were waited for');
      await this.changed();
    }
    this.#taken += count;
    return this.all.slice(this.#taken - count, this.#taken);
  }

  /** The next one, once it is there. */
  async next(): Promise<T> {
    const [item] = await this.take(1);
    return item as T;
  }

  /** Nothing more will come. */
  close(): void {
    this.#closed = true;
    this.#tell();
  }

  #tell(): void {
    const change = this.#change;
    this.#change = deferred();
    change.resolve();
  }
}
