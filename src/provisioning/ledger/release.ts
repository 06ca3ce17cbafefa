import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { requireIdle } from './attempt-records.js';
import { safeText } from './journal.js';
import type { LedgerFile } from './ledger-file.js';
import type { TripleRecord } from './ledger-types.js';
import type { Statements } from './statements.js';
import { findTriples, tripleWithId } from './triple-records.js';

/** The module, or the triple. */
interface Target {
  readonly imei?: string;
  readonly deviceName?: string;
}

/** Gives the triple as it is afterwards. Throws as `Ledger.release`. */
export function releaseTriple(
  file: LedgerFile,
  target: Target,
  { operator, reason }: { readonly operator: string; readonly reason: string },
): TripleRecord {
  if (reason.trim() === '') throw new ArgumentError('reason', JSON.stringify(reason), 'a text that says why');
  return file.write((sql) => {
    const { id, imei } = boundTriple(sql, target);
    requireIdle(sql, imei);
    // A trigger takes the binding away with it.
    sql.run(
      'INSERT INTO release (triple_id, imei, operator, reason, at) VALUES (?, ?, ?, ?, ?)',
      ...[id, imei, operator, safeText(reason.trim()), Date.now()],
    );
    return tripleWithId(sql, id);
  });
}

function boundTriple(sql: Statements, target: Target): { readonly id: number; readonly imei: string } {
  const named = target.imei ?? target.deviceName;
  if (named === undefined) throw new ArgumentError('module', 'none', 'an IMEI or a device name');
  const bound = findTriples(sql, target).flatMap(({ id, imei }) =>
    imei === undefined ? [] : [{ id, imei }],
  );
  const [first, second] = bound;
  if (first === undefined) {
    throw new ModemError('NOT_PROVISIONED', `no triple is bound to ${JSON.stringify(named)}`);
  }
  if (second === undefined) return first;
  throw new ArgumentError('deviceName', JSON.stringify(named), 'in one product only: give the IMEI');
}
