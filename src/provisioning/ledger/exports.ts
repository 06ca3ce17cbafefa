import { ArgumentError } from '../../errors/kinds.js';
import type { LedgerFile } from './ledger-file.js';
import type { ExportRecord, TripleRecord, UnfinishedExport } from './ledger-types.js';
import type { Statements } from './statements.js';
import { findTriples } from './triple-records.js';

/** Undefined if nothing is verified. */
export function beginExport(
  file: LedgerFile,
  { operator, file: name }: { readonly operator: string; readonly file: string },
): UnfinishedExport | undefined {
  return file.write((sql) => {
    const verified = findTriples(sql, { states: ['verified'] });
    if (verified.length === 0) return undefined;
    const now = Date.now();
    const { id } = sql.run('INSERT INTO export (file, operator, at) VALUES (?, ?, ?)', name, operator, now);
    const records = verified.map(
      (record): TripleRecord => ({ ...record, state: 'exported', changedAt: now, exportId: id }),
    );
    for (const record of records) take(sql, id, record, { operator, name, now });
    return { id, file: name, records };
  });
}

/** Throws an `ArgumentError` if there is no such export. */
export function finishExport(file: LedgerFile, id: number): void {
  file.write((sql) => {
    const found = sql.get<{ finished_at: number | null }>('SELECT finished_at FROM export WHERE id = ?', id);
    if (found === undefined) throw new ArgumentError('export', String(id), 'the number of an export');
    if (found.finished_at !== null) return;
    sql.run('UPDATE export SET finished_at = ? WHERE id = ?', Date.now(), id);
  });
}

export function findUnfinishedExports(sql: Statements): UnfinishedExport[] {
  return findExports(sql)
    .filter(({ finishedAt }) => finishedAt === undefined)
    .map(({ id, file }) => ({ id, file, records: findExported(sql, id) }));
}

/** The oldest first. */
export function findExports(sql: Statements): ExportRecord[] {
  const rows = sql.all<Omit<ExportRecord, 'finishedAt'> & { readonly finished_at: number | null }>(
    `SELECT e.id, e.file, e.operator, e.at, e.finished_at,
       (SELECT count(*) FROM export_item i WHERE i.export_id = e.id) AS triples
     FROM export e ORDER BY e.id`,
  );
  return rows.map(({ finished_at: finishedAt, ...row }) => ({ ...row, finishedAt: finishedAt ?? undefined }));
}

interface Taking {
  readonly operator: string;
  readonly name: string;
  readonly now: number;
}

function take(sql: Statements, id: number, record: TripleRecord, { operator, name, now }: Taking): void {
  sql.run(
    'INSERT INTO export_item (export_id, triple_id, record) VALUES (?, ?, ?)',
    ...[id, record.id, JSON.stringify(record)],
  );
  sql.run(
    "UPDATE triple SET state = 'exported', export_id = ?, changed_at = ? WHERE id = ?",
    ...[id, now, record.id],
  );
  sql.run(
    `INSERT INTO journal (at, triple_id, imei, operator, event, what, detail)
     VALUES (?, ?, ?, ?, 'export', 'verified', ?)`,
    ...[now, record.id, record.imei, operator, `export ${id} to ${name}`],
  );
}

/** What an export took, as it was then; empty if there is no such export. */
export function findExported(sql: Statements, id: number): TripleRecord[] {
  const items = sql.all<{ record: string }>(
    'SELECT record FROM export_item WHERE export_id = ? ORDER BY triple_id',
    id,
  );
  // JSON leaves out what is undefined: `reason` always, SIM and firmware if the module did not tell them.
  const absent = { iccid: undefined, firmware: undefined, reason: undefined };
  return items.map(({ record }) => ({ ...absent, ...(JSON.parse(record) as TripleRecord) }));
}
