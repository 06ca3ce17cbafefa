import { ArgumentError } from '../../errors/kinds.js';
import { nameFor } from './name-template.js';
import type { Statements } from './statements.js';

/** The newest product: a setting, of which the ledger keeps all that it had. */
export const NEWEST_PRODUCT = `SELECT batch_id, product_key, secret, name_template FROM product
ORDER BY id DESC LIMIT 1`;

/** A row of `NEWEST_PRODUCT`. */
export interface ProductRow {
  readonly batch_id: number;
  readonly product_key: string;
  readonly secret: string;
  readonly name_template: string;
}

/**
 * The triple that is named after the IMEI, without a secret when it is new; undefined without a product. Throws an
 * `ArgumentError` when another module, or a file, has the name.
 */
export function nameTriple(sql: Statements, imei: string): number | undefined {
  const product = sql.get<ProductRow>(NEWEST_PRODUCT);
  if (product === undefined) return undefined;
  const { batch_id: batchId, product_key: productKey, name_template: template } = product;
  const name = nameFor(template, imei);
  const known = sql.get<{ id: number; named_for: string | null; imei: string | null }>(
    'SELECT id, named_for, imei FROM triple WHERE product_key = ? AND device_name = ?',
    ...[productKey, name],
  );
  if (known === undefined) return insert(sql, batchId, productKey, name, imei);
  // It was released: only this module may have it.
  if (known.named_for === imei && known.imei === null) return known.id;
  throw new ArgumentError('deviceName', JSON.stringify(name), 'a name that no triple from a file has');
}

function insert(sql: Statements, batchId: number, productKey: string, name: string, imei: string): number {
  const now = Date.now();
  const { id } = sql.run(
    `INSERT INTO triple (batch_id, product_key, device_name, origin, named_for, state, imported_at, changed_at)
     VALUES (?, ?, ?, 'registration', ?, 'new', ?, ?)`,
    ...[batchId, productKey, name, imei, now, now],
  );
  return id;
}
