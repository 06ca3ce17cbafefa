import { limited } from '../../../helpers/limited.js';

/** ms for one step: whoever does not answer must not hold up the rest. */
const LIMIT = 5_000;

/** What was opened, closed in the opposite order, all of it whatever fails. */
export class Cleanup {
  readonly #steps: (() => Promise<unknown> | unknown)[] = [];

  add(step: () => Promise<unknown> | unknown): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await limited(Promise.resolve(step()), LIMIT, `left open: ${step}`);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join('; '));
  }
}
