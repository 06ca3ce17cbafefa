/**
 * A set in the order of its additions. All operations take constant time; to iterate a `Set` for its first item passes
 * the places of those that were deleted before it.
 */
export class OrderedSet<T> {
  readonly #items = new Set<T>();
  /** Stands behind the first item, once that is known. */
  readonly #walk = this.#items.values();
  #first: T | undefined;

  get size(): number {
    return this.#items.size;
  }

  /** Undefined if there is none. */
  get first(): T | undefined {
    // Where there is an item, the walk has not passed it: it never ends.
    if (this.#first === undefined && this.size > 0) this.#first = this.#walk.next().value;
    return this.#first;
  }

  /** Adds an item that is not in the set, at the end. */
  add(item: T): void {
    this.#items.add(item);
  }

  /** False if it was not there. */
  delete(item: T): boolean {
    if (item === this.#first) this.#first = undefined;
    return this.#items.delete(item);
  }

  /** Takes the first one out. */
  shift(): T | undefined {
    const { first } = this;
    if (first !== undefined) this.delete(first);
    return first;
  }

  /** Takes all out, in their order. */
  drain(): T[] {
    const items = [...this.#items];
    this.#items.clear();
    this.#first = undefined;
    return items;
  }
}
