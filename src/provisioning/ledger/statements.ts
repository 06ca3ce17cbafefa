import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';

/** What can be put into a statement; undefined becomes NULL. */
type Value = string | number | null | undefined;

/** Statements on a ledger, each prepared once. The row type that a caller names is that of its own SQL. */
export class Statements {
  readonly #database: Libsql.Database;
  readonly #prepared = new Map<string, Libsql.Statement>();
  #over = false;

  constructor(database: Libsql.Database) {
    this.#database = database;
  }

  all<Row>(sql: string, ...values: readonly Value[]): Row[] {
    return this.#statement(sql).all(bound(values)) as Row[];
  }

  get<Row>(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  /** Gives the number of rows that were changed, and the id of the last one inserted. */
  run(sql: string, ...values: readonly Value[]): { readonly changes: number; readonly id: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(bound(values));
    return { changes, id: Number(lastInsertRowid) };
  }

  /**
   * Lets go of the statements, for good: SQLite keeps the file open for as long as there are any, and a database that
   * was closed must not be asked for one (native code ends the process).
   */
  forget(): void {
    this.#prepared.clear();
    this.#over = true;
  }

  #statement(sql: string): Libsql.Statement {
    if (this.#over) throw new ModemError('CLOSED', 'the ledger was closed');
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** A single array: libsql would take a lone null for a set of named parameters. */
function bound(values: readonly Value[]): (string | number | null)[] {
  return values.map((value) => value ?? null);
}

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
