/** The trigger that refuses what the condition describes; without one, all. */
export function refuse(name: string, event: string, when: string | undefined, why: string): string {
  const condition = when === undefined ? '' : `\nWHEN ${when}`;
  return `CREATE TRIGGER ${name} BEFORE ${event}${condition}\nBEGIN SELECT RAISE(ABORT, '${why}'); END;\n`;
}

/** Rows are added, and never changed or taken away. */
export function appendOnly(table: string): string {
  return (
    refuse(`${table}_not_changed`, `UPDATE ON ${table}`, undefined, `rows of ${table} are never changed`) +
    refuse(`${table}_not_deleted`, `DELETE ON ${table}`, undefined, `rows of ${table} are never deleted`)
  );
}
