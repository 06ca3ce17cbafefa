import type { CommandPort } from '../at/command.js';

/** Listens to one declared URC on the port; the returned function ends that. */
type Subscribe = (port: CommandPort) => () => void;

/** Subscriptions that outlive the port they are made on. */
export class UrcSubscriptions {
  readonly #active = new Map<symbol, { readonly subscribe: Subscribe; end: () => void }>();
  #port: CommandPort | undefined;

  /** Subscribes on the port of now and on those that follow, until the returned function is called. */
  add(subscribe: Subscribe): () => void {
    const key = Symbol();
    this.#active.set(key, { subscribe, end: this.#port === undefined ? () => {} : subscribe(this.#port) });
    return () => {
      this.#active.get(key)?.end();
      this.#active.delete(key);
    };
  }

  /** Moves all subscriptions to another port. */
  attach(port: CommandPort): void {
    this.#port = port;
    for (const entry of this.#active.values()) {
      entry.end();
      entry.end = entry.subscribe(port);
    }
  }
}
