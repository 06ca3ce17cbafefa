import type { Value } from './statements.js';

/** The WHERE of a listing; what is undefined does not narrow it. */
export class Conditions {
  readonly values: Value[] = [];
  readonly #parts: string[] = [];

  /** ` WHERE …`, or nothing. */
  get text(): string {
    return this.#parts.length === 0 ? '' : ` WHERE ${this.#parts.join(' AND ')}`;
  }

  equal(column: string, value: string | number | undefined): this {
    return value === undefined ? this : this.that(`${column} = ?`, value);
  }

  oneOf(column: string, values: readonly string[] | undefined): this {
    if (values === undefined) return this;
    return this.that(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
  }

  /** `since` itself is within, `until` is not. */
  within(column: string, since: number | undefined, until: number | undefined): this {
    if (since !== undefined) this.that(`${column} >= ?`, since);
    return until === undefined ? this : this.that(`${column} < ?`, until);
  }

  that(condition: string, ...values: readonly Value[]): this {
    this.#parts.push(condition);
    this.values.push(...values);
    return this;
  }
}
