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
