import type { Reply } from './script.js';

/** The longest time that a timer of Node can run, in ms. */
const MAX_TIMER = 2 ** 31 - 1;

interface Waiting {
  /** By `performance.now()`. */
  readonly due: number;
  readonly text: string;
}

/**
 * Sends replies when they are due. A response never overtakes an earlier one, nor a URC an earlier URC; but a response
 * need not wait for a URC that came long after the one before.
 */
export class ReplyQueue {
  readonly #speed: number;
  readonly #send: (text: string) => void;
  readonly #empty: () => void;
  #waiting: Waiting[] = [];
  #lastDue = { response: 0, unasked: 0 };
  #timer: NodeJS.Timeout | undefined;

  /** `speed`: how many times faster than recorded, infinity for at once. `empty` is called when all has been sent. */
  constructor(speed: number, send: (text: string) => void, empty: () => void) {
    this.#speed = speed;
    this.#send = send;
    this.#empty = empty;
  }

  /** The replies of a turn that begins now. Those that are due are sent before it returns. */
  add(replies: readonly Reply[]): void {
    const now = performance.now();
    for (const { after, text, unasked } of replies) {
      const kind = unasked ? 'unasked' : 'response';
      const due = Math.max(now + after / this.#speed, this.#lastDue[kind]);
      this.#lastDue[kind] = due;
      const place = this.#waiting.findIndex((other) => other.due > due);
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, { due, text });
    }
    this.#run();
  }

  /** Forgets what has not been sent. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#lastDue = { response: 0, unasked: 0 };
  }

  #run(): void {
    clearTimeout(this.#timer);
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      const wait = next.due - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#run(), Math.min(wait, MAX_TIMER));
        return;
      }
      this.#waiting.shift();
      this.#send(next.text);
    }
    this.#empty();
  }
}
