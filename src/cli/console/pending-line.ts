import { deferred } from '../../util/deferred.js';
import type { Answer } from './session-types.js';

/** A command line that waits for its final result code, with its time limit. */
export class PendingLine {
  readonly line: string;
  readonly answered: Promise<Answer>;
  readonly #limit: number;
  readonly #atLimit: (limit: number) => void;
  readonly #settle: (answer: Answer) => void;
  #timer: NodeJS.Timeout | undefined;

  /** `atLimit` is called once, `limit` ms after the line, or after `extend`. */
  constructor(line: string, limit: number, atLimit: (limit: number) => void) {
    const { promise, resolve } = deferred<Answer>();
    this.line = line;
    this.answered = promise;
    this.#limit = limit;
    this.#atLimit = atLimit;
    this.#settle = resolve;
    this.extend();
  }

  /** Counts the limit from now on: a prompt came, or data was given. */
  extend(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#atLimit(this.#limit), this.#limit);
  }

  /** Stops the clock: a person types a payload. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  /** The first answer counts. */
  settle(answer: Answer): void {
    clearTimeout(this.#timer);
    this.#settle(answer);
  }
}
