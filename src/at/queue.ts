import { OrderedSet } from '../util/ordered-set.js';
import type { Priority } from './command.js';

/** In the order in which they are served. */
export const PRIORITIES: readonly Priority[] = ['recovery', 'user', 'polling'];

/** Requests that run as one operation, with no other between them. */
export class Sequence<T> {
  readonly queue = new PriorityQueue<T>();
  /** No further request of it is taken. */
  over = false;
}

/** Waiting requests by priority; first come, first served within one. All operations take constant time. */
export class PriorityQueue<T> {
  readonly #waiting: Readonly<Record<Priority, OrderedSet<T>>> = {
    recovery: new OrderedSet(),
    user: new OrderedSet(),
    polling: new OrderedSet(),
  };

  get size(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#waiting[priority].size, 0);
  }

  push(item: T, priority: Priority): void {
    this.#waiting[priority].add(item);
  }

  /** Takes the next one out. */
  shift(): T | undefined {
    for (const priority of PRIORITIES) {
      if (this.#waiting[priority].size > 0) return this.#waiting[priority].shift();
    }
    return undefined;
  }

  /** Takes one out that has not been its turn yet; false if it was not waiting. */
  remove(item: T): boolean {
    return PRIORITIES.some((priority) => this.#waiting[priority].delete(item));
  }

  /** Takes all out, in their order. */
  drain(): T[] {
    return PRIORITIES.flatMap((priority) => this.#waiting[priority].drain());
  }
}
