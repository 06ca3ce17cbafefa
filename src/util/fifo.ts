/** First come, first served, in constant time however many wait: taking the first of an array moves all the others. */
export class Fifo<T> {
  /** Those that come next, the first one last. */
  #front: T[] = [];
  #back: T[] = [];

  get length(): number {
    return this.#front.length + this.#back.length;
  }

  push(item: T): void {
    this.#back.push(item);
  }

  /** Takes the first one out; undefined if there is none. */
  shift(): T | undefined {
    if (this.#front.length === 0) {
      this.#front = this.#back.reverse();
      this.#back = [];
    }
    return this.#front.pop();
  }

  /** Takes all out, in their order. */
  drain(): T[] {
    const items = [...this.#front.reverse(), ...this.#back];
    this.#front = [];
    this.#back = [];
    return items;
  }
}
