import type Libsql from 'libsql';
import { ModemError } from '../../errors/modem-error.js';

/** What can be put into a statement; undefined becomes NULL. */
export type Value = string | number | null | undefined;

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
