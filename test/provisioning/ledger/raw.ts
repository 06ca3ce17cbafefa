import Database from 'libsql';

/** What SQL on the file itself says: nothing, or why it is refused. All in one transaction. */
export function rawSql(path: string, sql: string): string {
  const database = new Database(path, { timeout: 1_000 });
  try {
    database.exec('PRAGMA foreign_keys = ON');
    database.exec(`BEGIN IMMEDIATE; ${sql}; COMMIT`);
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    database.close();
  }
}

/** The rows of a query on the file itself. */
export function rawRows<Row>(path: string, sql: string): Row[] {
  const database = new Database(path, { timeout: 1_000 });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}
