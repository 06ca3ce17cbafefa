import { deferred } from '../../../util/deferred.js';

/** Lines that are kept for those who look for them. */
const MAX_LINES = 10_000;

/** What the module says while a script runs. What was found is not found again, nor what came before it. */
export class ReceivedLines {
  #lines: string[] = [];
  #changed = deferred<void>();

  push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
    this.#wake();
  }

  /** Forgets what has come. */
  clear(): void {
    this.#lines = [];
  }

  /** Lines that came since `clear` and were not passed over. */
  get waiting(): readonly string[] {
    return this.#lines;
  }

  /** The first line that the test finds something in; undefined when the signal aborts before one comes. */
  async find<T>(test: (line: string) => T | undefined, signal: AbortSignal): Promise<T | undefined> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        for (const [index, line] of this.#lines.entries()) {
          const found = test(line);
          if (found === undefined) continue;
          this.#lines.splice(0, index + 1);
          return found;
        }
        if (signal.aborted) return undefined;
        await this.#changed.promise;
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  #wake(): void {
    const changed = this.#changed;
    this.#changed = deferred<void>();
    changed.resolve();
  }
}
